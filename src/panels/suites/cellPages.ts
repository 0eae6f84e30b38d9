import type { Verdict } from "../../../webview/runs/state";
import {
  type CaseRow,
  type CaseView,
  type CellPage,
  type FilterKind,
  pageRows,
  type SuiteAnswerView,
} from "../../../webview/suites/cases";
import type { CellId } from "../../../webview/suites/grid";
import { checkWords } from "../../experiments/suites/names";
import { cellOf, rightOf, type SuiteAnswer, type SuiteCell, type SuitesReport } from "../../experiments/suites/report";
import { answerKey } from "../../experiments/suites/spec";
import { subjectTokens } from "../../experiments/suites/subjects";
import { tokenCount } from "../../experiments/tokenCount";

/** Answers are longer than a row: so much of one is sent with it. */
const rowText = 300;

/** What a person looks at: a cell, which of its cases, from which on, and the one that is open. */
export interface Place {
  readonly cell: CellId;
  readonly filter: FilterKind;
  readonly from: number;
  /** Id of the open case. */
  readonly open: string | undefined;
}

type Item = SuiteCell["items"][number];

/** The cases of a cell that a filter leaves. Undefined for a cell the run does not have. */
export function filteredCases(
  report: SuitesReport,
  { cell, filter }: Pick<Place, "cell" | "filter">,
): Item[] | undefined {
  return itemsOf(report, cell)?.filter((item) => filter === "all" || kindOf(item) === filter);
}

/** A cell's cases as the panel shows them; undefined for a cell the run does not have. */
export function cellPage(report: SuitesReport, place: Place): CellPage | undefined {
  const { cell, filter, from, open } = place;
  const items = itemsOf(report, cell);
  if (!items) return undefined;
  const kinds = items.map((item) => kindOf(item));
  const counts = { all: items.length, wrong: 0, right: 0, other: 0 };
  for (const kind of kinds) counts[kind]++;
  const left = items.map((_, index) => index).filter((index) => filter === "all" || kinds[index] === filter);
  const opened = open === undefined ? -1 : items.findIndex(({ item }) => item.id === open);
  return {
    ...cell,
    ...{ filter, counts, total: left.length, from },
    rows: left.slice(from, from + pageRows).map((index) => caseRow(report, items[index]!, index + 1)),
    open: opened < 0 ? null : caseView(report, cell, items[opened]!, left.indexOf(opened)),
  };
}

function itemsOf(report: SuitesReport, { suite: id, variant, model }: CellId): SuiteCell["items"] | undefined {
  const suite = report.spec.suites.find((each) => each.id === id);
  return suite && report.spec.models.includes(model) ? cellOf(report, suite, variant, model).items : undefined;
}

/** By all its answers: right only where most of them are. */
function kindOf({ share }: Item): Exclude<FilterKind, "all"> {
  if (share === undefined) return "other";
  return share > 0.5 ? "right" : "wrong";
}

function caseRow(report: SuitesReport, { item, answers, share }: Item, number: number): CaseRow {
  const [first] = answers;
  const graded = answers.filter((answer) => rightOf(report, answer) !== undefined).length;
  return {
    ...{ id: item.id, number, graded },
    text: item.text.slice(0, rowText),
    reference: item.reference?.slice(0, rowText) ?? null,
    said: first ? first.text.slice(0, rowText) : null,
    verdict: first ? verdictOf(report, first) : null,
    right: Math.round((share ?? 0) * graded),
  };
}

function caseView(report: SuitesReport, cell: CellId, { item, answers }: Item, place: number): CaseView {
  const task = { suite: cell.suite, item: item.id };
  const prompt = answers.find((answer) => answer.prompt)?.prompt;
  const failure = report.failures.findLast(
    (each) => each.model === cell.model && each.suite === cell.suite && each.item === item.id,
  );
  return {
    id: item.id,
    place: place < 0 ? null : place,
    kind: item.kind,
    system: item.system ?? null,
    text: item.text,
    reference: item.reference ?? null,
    check: item.reference === undefined ? "" : checkWords[item.check],
    prompt: prompt ?? null,
    subjects: subjectTokens(prompt ?? [], item.subjects ?? []).map(({ subject, tokens }) => ({
      subject,
      tokens: [...tokens],
    })),
    answers: answers.map((answer) => answerView(report, answer)),
    failure: failure && answers.length === 0 ? failure.message : null,
    others: report.spec.models
      .filter((model) => model !== cell.model)
      .map((model) => {
        const other = report.answers.get(answerKey({ ...task, model, sample: 0 }));
        return {
          model,
          said: other?.text ?? null,
          verdict: other ? verdictOf(report, other) : null,
          tokens: other ? tokenCount(other) : 0,
        };
      }),
  };
}

function answerView(report: SuitesReport, answer: SuiteAnswer): SuiteAnswerView {
  const { sample, seed, text, tokens, logProbs, reason, graded } = answer;
  return {
    ...{ sample, seed, text, tokens, logProbs, reason },
    verdict: verdictOf(report, answer),
    checked: graded?.verdict ?? null,
    corrected: report.corrections.has(answerKey(answer)),
    extracted: graded?.extracted ?? null,
  };
}

/** A person's own before the check's; null where neither says. */
function verdictOf(report: SuitesReport, answer: SuiteAnswer): Verdict | null {
  const right = rightOf(report, answer);
  if (right === undefined) return null;
  if (right) return "right";
  const checked = answer.graded?.verdict;
  return checked === undefined || checked === "right" ? "wrong" : checked;
}
