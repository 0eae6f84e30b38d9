import type { Side } from "../../../webview/reasoning/figures";
import { type Cell, type FilterKind, filterKind, type QuestionRow } from "../../../webview/reasoning/questions";
import type { Verdict } from "../../../webview/runs/state";
import type { Question } from "../../experiments/reasoning/question";
import { type Answer, extractedOf, type ReasoningReport, verdictOf } from "../../experiments/reasoning/report";
import type { ReasoningEvent, ReasoningSpec } from "../../experiments/reasoning/spec";
import { majority } from "../../experiments/statistics/majority";
import { tokenCount } from "../../experiments/tokenCount";
import type { Filtered } from "../runs/filteredList";

const shownCharacters = 300;

/**
 * A run's answers by question, and the rows of the list. A row is made when it is first asked for and again after something
 * happened to its question, so that a thousand questions cost no more than what changed.
 */
export class QuestionIndex {
  private readonly places: ReadonlyMap<string, number>;
  private readonly answers = new Map<string, Map<string, Answer[]>>();
  private readonly failures = new Map<string, Map<string, string>>();
  private readonly rows = new Map<string, QuestionRow>();
  readonly sides: readonly Side[];
  /** The arms that filters compare: answer first and step by step of the first model, or else its first two. */
  readonly compared: readonly [Side | null, Side | null];

  constructor(private readonly spec: Pick<ReasoningSpec, "questions" | "models" | "arms">) {
    this.places = new Map(spec.questions.map(({ id }, index) => [id, index]));
    this.sides = spec.models.flatMap((model) => spec.arms.map(({ id }) => ({ model, arm: id })));
    const [model] = spec.models;
    const side = (arm: string | undefined) => (arm === undefined || model === undefined ? null : { model, arm });
    const first = spec.arms.find(({ kind }) => kind === "direct") ?? spec.arms[0];
    const second =
      spec.arms.find((arm) => arm.kind === "steps" && arm !== first) ?? spec.arms.find((arm) => arm !== first);
    this.compared = [side(first?.id), side(second?.id)];
  }

  /** Takes in an event; `answer` is what the report made of a sample. */
  add(event: ReasoningEvent, answer: Answer | undefined): void {
    if (!("question" in event)) return;
    this.rows.delete(event.question);
    if (event.type === "failed") set(this.failures, event.question, keyOf(event), event.message);
    if (answer === undefined) return;
    const list = this.answers.get(event.question)?.get(keyOf(event)) ?? [];
    list.push(answer);
    list.sort((a, b) => a.sample - b.sample);
    set(this.answers, event.question, keyOf(event), list);
  }

  question(id: string): { readonly question: Question; readonly index: number } | undefined {
    const index = this.places.get(id);
    const question = index === undefined ? undefined : this.spec.questions[index];
    return question && index !== undefined ? { question, index } : undefined;
  }

  /** By sample. */
  answersOf(question: string, side: Side): readonly Answer[] {
    return this.answers.get(question)?.get(keyOf(side)) ?? [];
  }

  answer(id: Side & { readonly question: string; readonly sample: number }): Answer | undefined {
    return this.answersOf(id.question, id).find(({ sample }) => sample === id.sample);
  }

  failureOf(question: string, side: Side): string | undefined {
    // What was asked again and answered is no failure any more.
    return this.answersOf(question, side).length > 0 ? undefined : this.failures.get(question)?.get(keyOf(side));
  }

  cells(report: ReasoningReport, question: string): Cell[] {
    return this.sides.map((side) =>
      cellOf(report, side, this.answersOf(question, side), this.failureOf(question, side) !== undefined),
    );
  }

  row(report: ReasoningReport, index: number): QuestionRow {
    const question = this.spec.questions[index]!;
    const { id, text, steps, answer } = question;
    const known = this.rows.get(id);
    if (known) return known;
    const tokens = [...(this.answers.get(id)?.values() ?? [])].flat().reduce((sum, each) => sum + tokenCount(each), 0);
    const row: QuestionRow = {
      index,
      id,
      text: text.slice(0, shownCharacters),
      steps: steps ?? null,
      answer: answer ?? null,
      cells: this.cells(report, id),
      tokens,
    };
    this.rows.set(id, row);
    return row;
  }

  /** Places of the questions that a filter and a query leave, and the questions of each filter. For `inSlices`. */
  *filtered(report: ReasoningReport, filter: FilterKind, query: string): Generator<void, Filtered<FilterKind, number>> {
    const counts = Object.fromEntries(filterKind.options.map((kind) => [kind, 0])) as Record<FilterKind, number>;
    const rows: number[] = [];
    const wanted = query.trim().toLowerCase();
    for (let index = 0; index < this.spec.questions.length; index++) {
      const row = this.row(report, index);
      for (const kind of filterKind.options) if (this.passes(row, kind)) counts[kind]++;
      const found = wanted === "" || this.spec.questions[index]!.text.toLowerCase().includes(wanted);
      if (found && this.passes(row, filter)) rows.push(index);
      yield;
    }
    return { rows, counts };
  }

  private passes({ cells }: QuestionRow, kind: FilterKind): boolean {
    if (kind === "all") return true;
    const graded = cells.filter(({ verdict }) => verdict !== null);
    if (kind === "wrong") return graded.some(({ verdict }) => verdict !== "right");
    if (kind === "unparsed") return graded.some(({ verdict }) => verdict === "unparsed");
    if (kind === "cutOff") return cells.some(({ truncated }) => truncated > 0);
    if (kind === "differ") return new Set(graded.map(({ verdict }) => verdict === "right")).size > 1;
    const [first, second] = this.compared.map((side) => graded.find((cell) => side && keyOf(cell) === keyOf(side)));
    if (!first || !second) return false;
    const [a, b] = [first.verdict === "right", second.verdict === "right"];
    return kind === "onlyFirst" ? a && !b : kind === "onlySecond" ? !a && b : !a && !b;
  }
}

function keyOf({ model, arm }: Side): string {
  return JSON.stringify([model, arm]);
}

function set<T>(maps: Map<string, Map<string, T>>, question: string, key: string, value: T): void {
  const map = maps.get(question) ?? new Map<string, T>();
  maps.set(question, map);
  map.set(key, value);
}

function cellOf(report: ReasoningReport, side: Side, answers: readonly Answer[], failed: boolean): Cell {
  const verdicts = answers.map((answer) => verdictOf(report, answer));
  const said = answers.map((answer) => extractedOf(report, answer));
  const winner = majority(said);
  return {
    model: side.model,
    arm: side.arm,
    verdict: verdictOfAll(verdicts, said, winner),
    said: winner ?? null,
    right: verdicts.filter((verdict) => verdict === "right").length,
    answers: answers.length,
    truncated: answers.filter(({ truncated }) => truncated).length,
    failed,
  };
}

/** The only answer's, or that of what most say: answers that say the same share a verdict. */
function verdictOfAll(
  verdicts: readonly (Verdict | undefined)[],
  said: readonly (string | undefined)[],
  winner: string | undefined,
): Verdict | null {
  if (verdicts.length <= 1 || winner === undefined) return verdicts[0] ?? null;
  const winners = verdicts.filter((_, index) => said[index] === winner);
  return winners.includes("right") ? "right" : (winners[0] ?? null);
}
