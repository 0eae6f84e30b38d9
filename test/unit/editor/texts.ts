import type { TextLines } from "../../../src/editor/lens/bands";
import { createTokenDocument, loadTokenizer, type TokenDocument, type Tokenizer } from "../../../src/tokenizers";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";

const source = directorySource("dist");

export function shipped(name = "o200k_base"): Promise<Tokenizer> {
  return loadTokenizer(name, source);
}

/** A text's lines as an editor has them. */
export function linesOf(text: string): TextLines {
  const lines = text.split(/\r\n|\n/);
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + (text.startsWith("\r\n", at + line.length) ? 2 : 1);
  }
  return {
    lineCount: lines.length,
    line: (index) => lines[index] ?? "",
    startOf: (index) => starts[index] ?? text.length,
  };
}

export function filled(tokenizer: Tokenizer, text: string): TokenDocument {
  const document = createTokenDocument(tokenizer, text);
  while (!document.fill(100));
  return document;
}
