/** What tokenizers on one text come to, in words. Pure. */
import { listed } from "../../src/experiments/reasoning/words";
import { count, percent, plural, signed } from "../ui/format";
import type { Lane, Summary } from "./protocol";

/** A sentence in pieces; key words stand out. */
interface Finding {
  readonly key: string;
  readonly rest: string;
}

/** What was asked for, or the tokenizer where that was the editor's own. */
export function nameOf({ asked, tokenizer }: Lane): string {
  return asked === "" ? tokenizer : asked;
}

/** "≈ " before what is an estimate. */
export function mark(...lanes: readonly Lane[]): "≈ " | "" {
  return lanes.some(({ kind }) => kind === "estimate") ? "≈ " : "";
}

/** Both were counted to the end, and each says something of its own: an estimate by the other's tokenizer does not. */
export function comparable(a: Lane, b: Lane): boolean {
  return a.complete && b.complete && (a.tokenizer !== b.tokenizer || mark(a, b) === "");
}

/** Which needs least, and how much more the others need; or why that cannot be told. Undefined where there is no lane. */
export function comparisonFinding({ lanes, length, filledTo }: Summary): Finding | undefined {
  const [first, ...others] = lanes;
  if (!first) return undefined;
  const failed = lanes.filter(({ error }) => error !== null);
  if (failed.length > 0) return { key: "No comparison:", rest: ` ${listed(failed.map(nameOf))} could not be loaded.` };
  if (lanes.some(({ tokens }) => tokens === null)) return { key: "Loading…", rest: "" };
  if (lanes.some(({ complete }) => !complete)) {
    return { key: "Counting…", rest: ` ${percent(filledTo / Math.max(1, length))} of the text so far` };
  }
  const tokens = (lane: Lane): string => `${mark(lane)}${plural(lane.tokens ?? 0, "token")}`;
  if (others.length === 0) {
    return { key: tokens(first), rest: `, ${nameOf(first)}. Add a second tokenizer to compare.` };
  }
  const telling = oneEach(lanes);
  if (telling.length === 1 && mark(...lanes) !== "") {
    return { key: "Nothing to compare:", rest: ` ${borrowed(lanes)}.` };
  }
  const sorted = telling.toSorted((a, b) => (a.tokens ?? 0) - (b.tokens ?? 0));
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const more = (most.tokens ?? 0) - (least.tokens ?? 0);
  if (more === 0) {
    return {
      key: "The same number",
      rest: ` with all of them: ${mark(...lanes)}${plural(least.tokens ?? 0, "token")}`,
    };
  }
  const about = mark(least, most);
  const share = signed(more / Math.max(1, least.tokens ?? 0), percent);
  return {
    key: `${nameOf(least)} needs least:`,
    rest: ` ${tokens(least)}; ${nameOf(most)} needs ${about}${count(more)} more (${about}${share})`,
  };
}

/** Whether and where they cut differently; empty while that is not to be told. */
export function placesWords(
  { lanes, length }: Summary,
  found: { readonly places: number; readonly shared: number; readonly borders: number } | undefined,
  reached: number,
): string {
  if (lanes.length < 2 || lanes.some(({ complete }) => !complete)) return "";
  const tokenizers = oneEach(lanes).map(({ tokenizer }) => tokenizer);
  const estimates = mark(...lanes) !== "";
  if (estimates && tokenizers.length === 1) return `Where they cut differently is not known: ${borrowed(lanes)}.`;
  if (!found) return `Looking for differences… ${percent(reached / Math.max(1, length))}`;
  // Where an estimate's own tokenizer cuts is not known: what is told is of those that count.
  const who = estimates ? listed(tokenizers) : "They";
  const { places, shared, borders } = found;
  if (places === 0) return `${who} cut the text in the same places.`;
  return `${who} differ in ${plural(places, "place")} (underlined in orange); ${percent(shared / Math.max(1, borders))} of the borders are shared by all.`;
}

/** The lanes that say something of their own: one for each tokenizer, its own count before an estimate by it. */
function oneEach(lanes: readonly Lane[]): Lane[] {
  const found = new Map<string, Lane>();
  for (const lane of lanes) {
    if (!found.has(lane.tokenizer) || lane.kind === "exact") found.set(lane.tokenizer, lane);
  }
  return [...found.values()];
}

/** "claude is estimated with o200k_base" */
function borrowed(lanes: readonly Lane[]): string {
  const estimates = lanes.filter(({ kind }) => kind === "estimate");
  return `${listed(estimates.map(nameOf))} ${estimates.length === 1 ? "is" : "are"} estimated with ${estimates[0]?.tokenizer}`;
}
