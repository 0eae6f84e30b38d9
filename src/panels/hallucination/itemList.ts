import type { FilterKind, ItemRow } from "../../../webview/hallucination/items";
import type { HallucinationReport } from "../../experiments/hallucination/report";
import { cellKey, closedBook, type Item } from "../../experiments/hallucination/spec";
import type { Filtered } from "../runs/filteredList";
import type { Judged } from "./figuresView";

/** A run's questions with what was found of each; undefined before its answers came. */
export type Found = ReadonlyMap<string, Judged>;

const noCounts: Readonly<Record<FilterKind, number>> = {
  ...{ all: 0, asked: 0, known: 0, invented: 0, failed: 0 },
  ...{ knows: 0, consistentlyWrong: 0, guesses: 0, saysItDoesNotKnow: 0, cannotTell: 0 },
};

/** All questions, before anything is known of them. */
export function unfiltered({ spec }: HallucinationReport): Filtered<FilterKind, number> {
  return { rows: [...spec.items.keys()], counts: { ...noCounts, all: spec.items.length } };
}

/** Places in the run of the questions that a filter and a query leave; pauses now and then. */
export function* filtering(
  report: HallucinationReport,
  found: Found,
  filter: FilterKind,
  query: string,
): Generator<void, Filtered<FilterKind, number>> {
  const counts = { ...noCounts };
  const rows: number[] = [];
  const wanted = query.trim().toLowerCase();
  for (const [place, item] of report.spec.items.entries()) {
    const kinds = kindsOf(report, item, found);
    for (const kind of kinds) counts[kind]++;
    if (kinds.includes(filter) && (wanted === "" || item.text.toLowerCase().includes(wanted))) rows.push(place);
    yield;
  }
  return { rows, counts };
}

function kindsOf(report: HallucinationReport, item: Item, found: Found): FilterKind[] {
  const verdict = item.group === "asked" ? found.get(item.id)?.verdict.verdict : undefined;
  return ["all", item.group, ...(verdict ? [verdict] : []), ...(hasFailed(report, item) ? (["failed"] as const) : [])];
}

function hasFailed({ cells }: HallucinationReport, { id, pages = [] }: Item): boolean {
  const books = [closedBook, ...pages.map(({ page }) => page)];
  return books.some((book) => cells.get(cellKey({ item: id, book }))?.failure !== undefined);
}

/** A question in short. */
export function itemRow(report: HallucinationReport, place: number, found: Found): ItemRow {
  const item = report.spec.items[place]!;
  const { id, text, entity, group, seen, pages = [] } = item;
  const { reading, verdict } = found.get(id) ?? {};
  const greedy = reading?.greedy;
  return {
    ...{ index: place, id, group },
    text: text.slice(0, 300),
    entity: entity ?? null,
    seen: seen ?? null,
    verdict: verdict?.verdict ?? null,
    confidence: verdict?.confidence ?? null,
    said: greedy ? greedy.event.text.trim().slice(0, 200) : null,
    refused: greedy?.refused ?? false,
    right: greedy?.right ?? null,
    entropy: reading?.scores.semanticEntropy ?? null,
    meanings: reading?.clusters.length ?? 0,
    answers: reading?.answers.length ?? 0,
    books: pages.length,
    failed: hasFailed(report, item),
  };
}
