import { type FilterKind, filterKind, type ReviewRow } from "../../../webview/interrogation/review";
import { type Asked, decide, type InterrogationReport, markOf } from "../../experiments/interrogation/report";
import { type DecidedQuestion, lineOf } from "../../experiments/interrogation/summary";
import type { Filtered } from "../runs/filteredList";

/** A question with its number: its place in the text. */
export interface Numbered {
  readonly id: string;
  /** From 1. */
  readonly number: number;
}

export const noneListed: Filtered<FilterKind, Numbered> = {
  rows: [],
  counts: { all: 0, toReview: 0, refuse: 0, keep: 0, leaveOut: 0, fixed: 0, dropped: 0 },
};

const shownCharacters = 300;

/** Questions in the order of the text: by snippet, and within one by place. For `inSlices`. */
export function* inTextOrder(
  report: InterrogationReport,
  questions: readonly DecidedQuestion[],
): Generator<void, DecidedQuestion[]> {
  const places = new Map(report.spec.snippets.map(({ id }, index) => [id, index]));
  const bySnippet: DecidedQuestion[][] = [];
  for (const each of questions) {
    const place = places.get(each.asked.snippet.id)!;
    const group = bySnippet[place] ?? [];
    bySnippet[place] = group;
    group.push(each);
    yield;
  }
  // Within a snippet only questions added by hand are out of order; flat() leaves snippets without questions out.
  return bySnippet.flatMap((group) => group.sort((a, b) => a.asked.start - b.asked.start));
}

/** What a filter and a query leave, in the order of the text. For `inSlices`. */
export function* listing(
  questions: readonly DecidedQuestion[],
  filter: FilterKind,
  query: string,
): Generator<void, Filtered<FilterKind, Numbered>> {
  const counts = { ...noneListed.counts };
  const rows: Numbered[] = [];
  const wanted = query.trim().toLowerCase();
  for (const [index, each] of questions.entries()) {
    for (const kind of filterKind.options) if (passes(each, kind)) counts[kind]++;
    if (passes(each, filter) && holds(each.asked, wanted)) rows.push({ id: each.asked.id, number: index + 1 });
    yield;
  }
  return { rows, counts };
}

function passes({ asked, decision: { decision } }: DecidedQuestion, kind: FilterKind): boolean {
  if (kind === "all") return true;
  if (kind === "dropped") return asked.reviewed === "dropped";
  if (kind === "toReview") return asked.reviewed === undefined;
  if (kind === "fixed") return asked.fixed || asked.by === "person" || asked.corrections.size > 0;
  return asked.reviewed !== "dropped" && decision === kind;
}

function holds({ text, answer, snippet: { section, file } }: Asked, wanted: string): boolean {
  if (wanted === "") return true;
  return [text, answer, section, file].some((each) => each.toLowerCase().includes(wanted));
}

/** What rows and pages say alike. */
export function aboutQuestion({ spec }: InterrogationReport, asked: Asked, number: number) {
  const { id, by, fixed, reviewed, snippet } = asked;
  const { decision, reason } = decide(spec, asked);
  const { file, section } = snippet;
  return { id, number, file, line: lineOf(asked), section, by, fixed, reviewed: reviewed ?? null, decision, reason };
}

/** `before` is the row above it in the list. */
export function reviewRow(
  report: InterrogationReport,
  { id, number }: Numbered,
  before: Numbered | undefined,
): ReviewRow | undefined {
  const asked = report.questions.get(id);
  if (!asked) return undefined;
  const above = before && report.questions.get(before.id)?.snippet;
  const { snippet } = asked;
  return {
    ...aboutQuestion(report, asked, number),
    text: asked.text.slice(0, shownCharacters),
    answer: asked.answer.slice(0, shownCharacters),
    marks: Array.from({ length: report.spec.samples }, (_, sample) => ({
      mark: markOf(asked, sample) ?? null,
      byHand: asked.corrections.has(sample),
    })),
    first: above?.file !== snippet.file || above.section !== snippet.section,
    failed: asked.failure !== undefined,
  };
}
