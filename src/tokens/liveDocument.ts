import {
  type Disposable,
  type Event,
  EventEmitter,
  type TextDocument,
  type TextDocumentContentChangeEvent,
} from "vscode";
import type { Log } from "../platform/log";
import { createTokenDocument, type TextEdit, type TokenDocument, type Tokenizer } from "../tokenizers";
import { lengthOf, textFrom } from "./documentText";
import { sliceMs } from "./slices";

/** Text is read from the editor in pieces of this many UTF-16 units, and an insertion larger than this is read so too. */
const readUnits = 32_768;
/** Tokenizers without windows encode the whole text anew: after so long a rest, where that takes more than a moment. */
const slowRestMs = 200;
const quickUnits = 4096;

/**
 * One open text document and its tokens, kept equal to the text through every edit.
 *
 * The text is read and tokenized in slices: until `complete`, `tokens` is about a beginning of the text, and that
 * beginning is already exact but for its last tokens.
 */
export class LiveDocument implements Disposable {
  private readonly emitter = new EventEmitter<readonly TextEdit[]>();
  private text: TokenDocument;
  private length: number;
  private filling = false;
  private rest: NodeJS.Timeout | undefined;
  private readonly waiting: (() => void)[] = [];
  private disposed = false;

  /** Fires after edits (given in the order applied) and, with an empty list, after each slice of filling. */
  readonly onDidChange: Event<readonly TextEdit[]> = this.emitter.event;

  constructor(
    readonly document: TextDocument,
    readonly tokenizer: Tokenizer,
    private readonly log: Log,
  ) {
    this.text = createTokenDocument(tokenizer, "");
    this.length = lengthOf(document);
    this.fillOn();
  }

  get tokens(): TokenDocument {
    return this.text;
  }

  /** The whole text is tokenized; `tokens.tokenCount` is exact. */
  get complete(): boolean {
    return this.text.complete && this.text.length === this.length;
  }

  /** Share of the text that is tokenized, 0 to 1. */
  get progress(): number {
    return this.length === 0 ? 1 : Math.min(1, this.text.filledTo / this.length);
  }

  /** Applies what the editor reports: changes that all refer to the text before the event. */
  apply(changes: readonly TextDocumentContentChangeEvent[]): void {
    const edits = this.edit(changes);
    const expected = changes.reduce((sum, change) => sum + change.text.length - change.rangeLength, this.length);
    this.length = lengthOf(this.document);
    if (this.length !== expected) this.startOver();
    if (!this.tokenizer.fast) this.filling = false; // each edit begins the rest anew
    if (!this.complete) this.fillOn();
    this.emitter.fire(edits);
  }

  /** Resolves when the whole text is tokenized, or the document closed. */
  whenComplete(): Promise<void> {
    if (this.complete || this.disposed) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.rest);
    this.release();
    this.emitter.dispose();
  }

  private edit(changes: readonly TextDocumentContentChangeEvent[]): TextEdit[] {
    const all = [...changes].sort((a, b) => b.rangeOffset - a.rangeOffset).map(editOf);
    if (all.every((edit) => isWithin(edit, this.text.length))) {
      this.text.applyEdits(all);
      return all;
    }
    // From the end, so that the offsets of those still to come hold.
    const edits: TextEdit[] = [];
    for (const whole of all) {
      const edit = cutTo(whole, this.text.length);
      if (!edit) continue;
      this.text.edit(edit);
      edits.push(edit);
    }
    return edits;
  }

  private release(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** The changes reported do not lead to the text there is: the tokens are of another text and nothing may rest on them. */
  private startOver(): void {
    this.log.warn("document read again", { uri: this.document.uri.toString(), units: this.length });
    this.text = createTokenDocument(this.tokenizer, "");
  }

  private fillOn(): void {
    if (this.filling) return;
    this.filling = true;
    if (!this.tokenizer.fast && this.length > quickUnits) {
      this.fillAfterRest();
      return;
    }
    const slice = (): void => {
      if (this.disposed) return;
      this.work();
      this.filling = !this.complete;
      this.emitter.fire([]);
      if (this.filling) setImmediate(slice);
    };
    slice();
  }

  private fillAfterRest(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.filling = false;
      while (!this.disposed && !this.complete) this.work();
      this.emitter.fire([]);
    }, slowRestMs);
  }

  private work(): void {
    const until = performance.now() + sliceMs;
    do {
      if (this.text.complete && this.text.length < this.length) {
        const units = this.tokenizer.fast ? readUnits : this.length - this.text.length;
        const inserted = textFrom(this.document, this.text.length, units);
        this.text.edit({ offset: this.text.length, deleted: 0, inserted });
      }
      this.text.fill(Math.max(1, until - performance.now()));
    } while (!this.complete && performance.now() < until);
    if (this.complete) this.release();
  }
}

function editOf({ rangeOffset, rangeLength, text }: TextDocumentContentChangeEvent): TextEdit {
  return { offset: rangeOffset, deleted: rangeLength, inserted: text };
}

/** The edit lies in a text read up to `length` and is small enough for one turn. */
function isWithin({ offset, deleted, inserted }: TextEdit, length: number): boolean {
  return offset + deleted <= length && inserted.length <= readUnits;
}

/**
 * The part of an edit that concerns a text read up to `length`; undefined when none does. What lies beyond is read
 * later, and so is an insertion too large for one turn: then the text is cut where it begins.
 */
function cutTo(edit: TextEdit, length: number): TextEdit | undefined {
  if (isWithin(edit, length)) return edit;
  if (edit.offset >= length) return undefined;
  return { offset: edit.offset, deleted: length - edit.offset, inserted: "" };
}
