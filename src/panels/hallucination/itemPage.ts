import type { AnswerView, CellView, EvidenceView, GreedyView, ItemPage } from "../../../webview/hallucination/items";
import { agreesByWords } from "../../experiments/hallucination/agreement";
import { type BookKind, type BookRow, memoryAgainstPage, memoryAlone } from "../../experiments/hallucination/books";
import { winsWords } from "../../experiments/hallucination/bookWords";
import type { ScoreFit } from "../../experiments/hallucination/controls";
import { meaningLabel } from "../../experiments/hallucination/labels";
import { marksOf } from "../../experiments/hallucination/marks";
import { type ReadAnswer, type Reading, wholeIn } from "../../experiments/hallucination/reading";
import type { CellRecord, HallucinationReport } from "../../experiments/hallucination/report";
import { type Interval, meanSurprisal } from "../../experiments/hallucination/scores";
import { type AnswerEvent, cellKey, closedBook, type Item } from "../../experiments/hallucination/spec";
import { verdictOf } from "../../experiments/hallucination/verdict";
import { verdictWords } from "../../experiments/hallucination/verdictWords";
import { tokenCount } from "../../experiments/tokenCount";
import { finite, rateView } from "../runs/rates";
import type { ProbeRun } from "./probeRun";

/** The interval of a semantic entropy where it is known by now; asking for one makes it come later. */
export type IntervalOf = (ids: readonly number[]) => Interval | undefined;

/** What of a page is not in the run itself. */
export interface PageParts {
  readonly fits: readonly ScoreFit[];
  readonly intervalOf: IntervalOf;
  /** Its answers that are being written. */
  readonly running: ItemPage["running"];
}

/** A question with all its answers; null where the run has none of that id. */
export function itemPage(run: ProbeRun, id: string, { fits, intervalOf, running }: PageParts): ItemPage | null {
  const { report } = run;
  const index = report.spec.items.findIndex((each) => each.id === id);
  const item = report.spec.items[index];
  const closed = item && report.cells.get(cellKey({ item: id, book: closedBook }));
  if (!closed) return null;
  const reading = run.read(closed);
  const rows = memoryAgainstPage(report, id, run.read);
  return {
    ...{ index, id, text: item.text, group: item.group },
    entity: item.entity ?? null,
    reference: item.reference ?? null,
    accept: item.accept ?? [],
    seen: item.seen ?? null,
    verdict: wholeIn(report)(reading) ? verdictView(reading, fits, intervalOf) : null,
    cells: [closedView(reading, intervalOf), ...rows.map((row) => pageView(report, item, row, intervalOf))],
    running,
    beside: rows.length > 0 ? besideView(run, id) : [],
  };
}

function verdictView(reading: Reading, fits: readonly ScoreFit[], intervalOf: IntervalOf): ItemPage["verdict"] {
  const found = verdictOf(reading, fits);
  const interval = intervalOf(reading.ids);
  return {
    ...verdictWords(found, reading, interval),
    verdict: found.verdict,
    confidence: found.confidence ?? null,
    decidedBy: found.decidedBy ?? null,
    checked: found.checked,
    evidence: found.evidence.map(
      ({ fit: { name }, value, placement }): EvidenceView => ({
        ...placement,
        ...{ name, value },
        interval: name === "semanticEntropy" ? (interval ?? null) : null,
      }),
    ),
  };
}

function closedView(reading: Reading, intervalOf: IntervalOf): CellView {
  const follows = memoryAlone(reading);
  return {
    ...cellView(reading, intervalOf),
    ...{ kind: "closed", page: null, change: null, follows },
    wins: winsWords("closed", follows),
  };
}

function pageView(
  report: HallucinationReport,
  item: Item,
  { reading, page, kind, counts }: BookRow,
  intervalOf: IntervalOf,
): CellView {
  return {
    ...cellView(reading, intervalOf),
    ...{ kind, page, follows: counts, wins: winsWords(kind, counts) },
    change: kind === "misleading" ? changeOf(report, item) : null,
  };
}

/** What was changed on the misleading page: what the open one says, and what that one does. */
function changeOf({ spec }: HallucinationReport, { pages = [] }: Item): CellView["change"] {
  const says = (kind: "open" | "misleading"): string | undefined =>
    pages.find(({ page }) => spec.pages.some((each) => each.id === page && each.kind === kind))?.says;
  const [from, to] = [says("open"), says("misleading")];
  return from !== undefined && to !== undefined ? { from, to } : null;
}

type CellBasics = Omit<CellView, "kind" | "page" | "change" | "follows" | "wins">;

function cellView(reading: Reading, intervalOf: IntervalOf): CellBasics {
  const { cell, answers, greedy, clusters, pairs, scores } = reading;
  const n = answers.length;
  return {
    book: cell.book,
    answers: answers.map((answer) => answerView(cell, answer)),
    greedy: greedy ? greedyView(cell, greedy) : null,
    meanings: clusters.map(({ answers: numbers, example, refused }) => ({
      label: meaningLabel({ example, refused }, cell.of.entity),
      answers: [...numbers],
      ...{ example, refused },
    })),
    pairs: { all: (n * (n - 1)) / 2, ...pairs, open: reading.missing !== undefined },
    entropy: scores.semanticEntropy ?? null,
    interval: n > 0 ? (intervalOf(reading.ids) ?? null) : null,
    naive: scores.naiveEntropy ?? null,
    truth: scores.truth ?? null,
    refusals: rateView(scores.refusals),
    agreement: rateView(scores.agreement),
    failure: cell.failure ?? null,
  };
}

function answerView(cell: CellRecord, { event, refused, right }: ReadAnswer): AnswerView {
  const { sample, seed, text, reason } = event;
  return {
    ...{ sample, seed, text, refused },
    truncated: reason === "maxTokens" || reason === "contextFull",
    tokens: tokenCount(event),
    refusedByHand: cell.refusalMarks.has(sample),
    right: right ?? null,
    rightBy: right === undefined ? null : rightBy(cell, event),
    surprisal: meanSurprisal(event) ?? null,
  };
}

function rightBy(cell: CellRecord, { sample, text }: AnswerEvent): AnswerView["rightBy"] {
  if (cell.rightMarks.has(sample)) return "person";
  return !agreesByWords(text, cell.of) && cell.held.has(sample) ? "judge" : "words";
}

function greedyView(cell: CellRecord, answer: ReadAnswer): GreedyView {
  const { event } = answer;
  return {
    ...answerView(cell, answer),
    pieces: event.tokens.map((text, index) => ({
      text,
      logProb: finite(event.logProbs[index] ?? Number.NaN),
      top: (event.top?.[index] ?? []).map((each) => ({ text: each.text, probability: Math.exp(each.logProb) })),
    })),
    marks: marksOf(event, cell.of.text).map(({ kind, text, start, end, tokens: [from, to], probability, weakest }) => ({
      ...{ kind, text, start, end, from, to },
      probability: probability ?? null,
      weakest: weakest ? { ...weakest, instead: [...weakest.instead] } : null,
    })),
  };
}

/** Known controls that have pages of their own. */
function besideView(run: ProbeRun, besides: string): ItemPage["beside"] {
  const { report } = run;
  const others = report.spec.items.filter(
    ({ id, group, pages = [] }) => group === "known" && pages.length > 0 && id !== besides,
  );
  return others.flatMap(({ id, entity }): ItemPage["beside"] => {
    const closed = report.cells.get(cellKey({ item: id, book: closedBook }));
    if (!closed) return [];
    const reading = run.read(closed);
    const row = (kind: BookKind, each: Reading, follows: BookRow["counts"]) => ({
      ...{ kind, follows },
      answers: each.answers.length,
      wins: winsWords(kind, follows),
      said: each.greedy ? each.greedy.event.text.trim().slice(0, 80) : null,
    });
    return [
      {
        item: id,
        name: entity ?? closed.of.text,
        cells: [
          row("closed", reading, memoryAlone(reading)),
          ...memoryAgainstPage(report, id, run.read).map((each) => row(each.kind, each.reading, each.counts)),
        ],
      },
    ];
  });
}
