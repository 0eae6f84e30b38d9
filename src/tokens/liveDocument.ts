import { type Event, EventEmitter, type TextDocument, type TextDocumentContentChangeEvent } from "vscode";
import { createTokenDocument, type TextEdit, type TokenDocument, type Tokenizer } from "../tokenizers";

/** Longest stretch of work between two turns of the event loop, milliseconds. */
const sliceMs = 6;

/** One open text document and its tokens, kept equal to the text through every edit. */
export class LiveDocument {
  private readonly emitter = new EventEmitter<readonly TextEdit[]>();
  private disposed = false;
  readonly tokens: TokenDocument;

  /** Fires after edits (given in the order applied) and, with an empty list, after each slice of filling. */
  readonly onDidChange: Event<readonly TextEdit[]> = this.emitter.event;

  constructor(
    readonly document: TextDocument,
    readonly tokenizer: Tokenizer,
  ) {
    this.tokens = createTokenDocument(tokenizer, document.getText());
    this.fillOn();
  }

  /** Applies what the editor reports. Its changes refer to the text before the event and come from the end. */
  apply(changes: readonly TextDocumentContentChangeEvent[]): void {
    const edits = [...changes]
      .sort((a, b) => b.rangeOffset - a.rangeOffset)
      .map(({ rangeOffset, rangeLength, text }) => ({ offset: rangeOffset, deleted: rangeLength, inserted: text }));
    for (const edit of edits) this.tokens.edit(edit);
    if (!this.tokens.complete) this.fillOn();
    this.emitter.fire(edits);
  }

  dispose(): void {
    this.disposed = true;
    this.emitter.dispose();
  }

  private filling = false;

  private fillOn(): void {
    if (this.filling) return;
    this.filling = true;
    const slice = (): void => {
      if (this.disposed) return;
      this.filling = !this.tokens.fill(sliceMs);
      this.emitter.fire([]);
      if (this.filling) setImmediate(slice);
    };
    slice();
  }
}
