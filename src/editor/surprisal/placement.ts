import type { PromptToken, TokenizedPrompt } from "../../inference/engine";
import { alignTexts } from "./alignment";
import type { Stretch } from "./stretches";

/** Where a token of a prompt stands in the file, UTF-16 offsets. */
export interface TokenPlace {
  readonly start: number;
  readonly end: number;
  /** The template's own or the tokenizer's (begin of sequence): it stands nowhere, `start` and `end` say next to what. */
  readonly added: "before" | "after" | undefined;
  /** How many tokens, this one included, share its character from here on. 1 for nearly all; 0 for those after the first. */
  readonly sharing: number;
}

/** A stretch where the rendered prompt has it: `offsets[i]` is the place in the file of the rendered unit `from + i`. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly offsets: Int32Array;
}

/**
 * Places the tokens of a rendered prompt in the file. Tokens that share a character cover it together. A token that the
 * template and a content share counts as the content's.
 */
export function placeTokens(prompt: TokenizedPrompt, stretches: readonly Stretch[]): TokenPlace[] {
  const segments = segmentsOf(prompt, stretches);
  const { tokens, text } = prompt;
  const places: TokenPlace[] = [];
  let segment = 0;
  for (let index = 0; index < tokens.length; ) {
    const from = tokens[index]!.offset;
    let next = index + 1;
    while (next < tokens.length && tokens[next]!.offset <= from) next++;
    const to = tokens[next]?.offset ?? text.length;
    while (segment < segments.length && segments[segment]!.to <= from) segment++;
    const place = placeOf(from, to, segments, segment);
    for (let at = index; at < next; at++) places.push({ ...place, sharing: at === index ? next - index : 0 });
    index = next;
  }
  return splitAdded(places, tokens);
}

function placeOf(from: number, to: number, segments: readonly Segment[], index: number): Omit<TokenPlace, "sharing"> {
  const segment = segments[index];
  if (segment && to > segment.from) {
    const start = segment.offsets[Math.max(0, from - segment.from)]!;
    const end = segment.offsets[Math.min(to, segment.to) - segment.from]!;
    return { start, end, added: undefined };
  }
  const at = segment ? segment.offsets[0]! : (segments.at(-1)?.offsets.at(-1) ?? 0);
  return { start: at, end: at, added: segment ? "before" : "after" };
}

/**
 * Of what the template writes between two contents, the end of the first message (its end token and the line ends after
 * that) is shown behind the first content, the rest before the second.
 */
function splitAdded(places: TokenPlace[], tokens: readonly PromptToken[]): TokenPlace[] {
  const result = [...places];
  for (let index = 1; index < places.length; index++) {
    const previous = places[index - 1]!;
    if (places[index]!.added !== "before" || previous.added !== undefined || !tokens[index]!.special) continue;
    let end = index + 1;
    while (places[end]?.added === "before" && tokens[end]!.text.trim() === "" && !tokens[end]!.special) end++;
    if (places[end]?.added !== "before") continue;
    for (let at = index; at < end; at++)
      result[at] = { ...places[at]!, start: previous.end, end: previous.end, added: "after" };
  }
  return result;
}

function segmentsOf(prompt: TokenizedPrompt, stretches: readonly Stretch[]): Segment[] {
  const segments: Segment[] = [];
  let after = 0;
  for (const stretch of stretches) {
    const found =
      stretch.message === undefined
        ? rawSegment(prompt, stretch)
        : contentSegment(prompt, stretch, stretch.message, after);
    if (!found) continue;
    segments.push(found);
    after = found.to;
  }
  return segments;
}

/** The whole text, after the special tokens that the tokenizer puts first. */
function rawSegment({ tokens, text }: TokenizedPrompt, stretch: Stretch): Segment | undefined {
  const own = tokens.find((token) => !token.special || stretch.text.startsWith(token.text));
  const from = own?.offset ?? text.length;
  if (text.startsWith(stretch.text, from)) return { from, to: from + stretch.text.length, offsets: stretch.offsets };
  const aligned = alignTexts(text.slice(from), stretch.text);
  const offsets = aligned.map((unit) => stretch.offsets[unit]!);
  return offsets.length > 1 ? { from, to: from + offsets.length - 1, offsets } : undefined;
}

/** A message's content, or what of it the template's trimming left. */
function contentSegment(
  { tokens, text }: TokenizedPrompt,
  { text: content, offsets }: Stretch,
  message: number,
  after: number,
): Segment | undefined {
  const first = tokens.findIndex((token) => token.message === message);
  const marked = tokens[first]?.offset;
  const earliest = Math.max(after, first > 0 ? (tokens[first - 1]?.offset ?? 0) : (marked ?? after));
  const trimmed = content.trim();
  const lead = content.indexOf(trimmed);
  for (const [wanted, skipped] of [
    [content, 0],
    [trimmed, lead],
  ] as const) {
    if (wanted === "") continue;
    const from = marked !== undefined && text.startsWith(wanted, marked) ? marked : text.indexOf(wanted, earliest);
    if (from >= 0)
      return {
        from,
        to: from + wanted.length,
        offsets: offsets.subarray(skipped, skipped + wanted.length + 1),
      };
  }
  return undefined;
}
