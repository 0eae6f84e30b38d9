import type { Disposable } from "vscode";
import { createTokenDocument, type TextEdit, type TokenDocument, type Tokenizer } from "../../tokenizers";

/** Longest stretch of work between two turns of the event loop, milliseconds. */
const sliceMs = 6;

/** Tokens of a text that no editor holds as a whole (typed text, a selection), filled in slices. */
export class OwnDocument implements Disposable {
  readonly tokens: TokenDocument;
  private filling = false;
  private disposed = false;

  /** `changed` is called after each slice of filling. */
  constructor(
    tokenizer: Tokenizer,
    text: string,
    private readonly changed: () => void,
  ) {
    this.tokens = createTokenDocument(tokenizer, text);
    this.fillOn();
  }

  edit(edit: TextEdit): void {
    this.tokens.edit(edit);
    this.fillOn();
  }

  dispose(): void {
    this.disposed = true;
  }

  private fillOn(): void {
    if (this.filling || this.tokens.complete) return;
    this.filling = true;
    const slice = (): void => {
      if (this.disposed) return;
      this.filling = !this.tokens.fill(sliceMs);
      this.changed();
      if (this.filling) setImmediate(slice);
    };
    slice();
  }
}
