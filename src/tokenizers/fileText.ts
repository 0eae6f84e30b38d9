/** A file's text as an editor would show it. */
export interface FileText {
  readonly text: string;
  /** Some bytes were no UTF-8 and became U+FFFD. */
  readonly damaged: boolean;
}

/** As git and VS Code do it: a NUL among the first bytes means binary. */
const sniffedBytes = 8000;

/**
 * Decodes UTF-8 and, with a byte order mark, UTF-16; the mark itself is no part of the text. Undefined for binary files.
 */
export function fileText(bytes: Uint8Array): FileText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode(bytes, "utf-16le"), damaged: false };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decode(bytes, "utf-16be"), damaged: false };
  if (bytes.subarray(0, sniffedBytes).includes(0)) return undefined;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), damaged: false };
  } catch {
    return { text: decode(bytes, "utf-8"), damaged: true };
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}
