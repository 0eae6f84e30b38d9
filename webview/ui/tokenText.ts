/**
 * How a token's bytes are written on the screen: as text, with every character that could not be seen, or could change
 * how its surroundings are seen, written out. Pure.
 */

/** One run of a token's text. "mark" stands for a character (· ⏎ U+202E), "bytes" for bytes that are no text (F0 9F). */
export interface Run {
  readonly kind: "text" | "mark" | "bytes";
  readonly text: string;
}

const newline = "\n";
const marks: Readonly<Record<string, string>> = { " ": "·", [newline]: "⏎", "\t": "→", "\r": "␍" };
/** Controls, format characters (bidi controls, zero widths), unpaired surrogates, private use, spaces but the plain one. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;
/** What most tokens are. */
const plainWord = /^[!-~]+$/;
const combining = /^\p{M}/u;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The runs of a token, from its bytes. */
export function tokenRuns(bytes: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (const part of utf8Parts(bytes)) {
    if (typeof part === "string") runs.push(...textRuns(part));
    else runs.push({ kind: "bytes", text: hex(part) });
  }
  return merged(runs);
}

/** The runs of any text, hostile or not. */
export function textRuns(text: string): Run[] {
  if (plainWord.test(text)) return [{ kind: "text", text }];
  const runs: Run[] = [];
  for (const char of text) {
    const mark = marks[char];
    if (mark !== undefined) runs.push({ kind: "mark", text: mark });
    else if (unseen.test(char)) runs.push({ kind: "mark", text: codePoint(char) });
    else if (combining.test(char) && runs.at(-1)?.kind !== "text") runs.push({ kind: "text", text: `◌${char}` });
    else runs.push({ kind: "text", text: char });
  }
  return merged(runs);
}

/** The runs as one plain string. */
export function plain(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join("");
}

/** Whether a line ends in the token. */
export function endsLine(bytes: Uint8Array): boolean {
  return bytes.includes(0x0a);
}

/** "U+0041" of the first character. */
export function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Decoded stretches, and the bytes between them that are no whole UTF-8 sequence. */
function utf8Parts(bytes: Uint8Array): (string | Uint8Array)[] {
  const whole = decoded(bytes);
  if (whole !== undefined) return whole === "" ? [] : [whole];
  const parts: (string | Uint8Array)[] = [];
  let stray = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const text = length > 0 && at + length <= bytes.length ? decoded(bytes.subarray(at, at + length)) : undefined;
    if (text === undefined) {
      at++;
      continue;
    }
    if (stray < at) parts.push(bytes.subarray(stray, at));
    parts.push(text);
    at += length;
    stray = at;
  }
  if (stray < bytes.length) parts.push(bytes.subarray(stray));
  return parts;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined; // no UTF-8: the caller looks for the parts that are
  }
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.kind === run.kind) result[result.length - 1] = { kind: run.kind, text: last.text + run.text };
    else result.push(run);
  }
  return result;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
