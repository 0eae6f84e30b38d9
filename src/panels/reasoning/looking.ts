import { l10n } from "vscode";
import type { Side } from "../../../webview/reasoning/figures";
import type { AnswerId } from "../../../webview/reasoning/questions";
import type { Answer } from "../../experiments/reasoning/report";
import type { EditedEvent } from "../../experiments/reasoning/spec";
import { sampleKey } from "../../experiments/reasoning/spec";
import { UserError } from "../../platform/commands";
import { formatCount } from "../../tokens/format";
import { LastWork } from "../runs/lastWork";
import type { ModelWork } from "../runs/modelWork";
import { editedEvent, firstAnswers, knownEvent, stepToSpoil } from "./measurements";
import type { ReasoningRun } from "./reasoningRun";

export type StepChange = AnswerId &
  Pick<EditedEvent, "start" | "end" | "replacement" | "planted"> & { readonly continuations: number };

/** Looks into transcripts with a model: when it knew, and whether its answer follows a changed step. */
export class Looking {
  readonly last: LastWork;

  constructor(private readonly work: ModelWork) {
    this.last = new LastWork(work);
  }

  known(run: ReasoningRun, id: AnswerId, detail: "steps" | "tokens"): Promise<void> {
    const message = l10n.t("Reading when it knew");
    return this.last.do(message, async (signal) => {
      const engine = await this.work.engine(id.model, signal);
      run.add(await knownEvent(run, id, detail, engine, signal, (fraction) => this.work.say(message, fraction)));
    });
  }

  /** Curves of the first answers that have none yet. */
  meanKnown(run: ReasoningRun, side: Side, questions: number): Promise<void> {
    const answers = withReference(run, firstAnswers(run, side, questions)).filter(
      (answer) => !run.report.known.has(sampleKey(answer)),
    );
    return this.last.do(l10n.t("Reading when it knew"), async (signal) => {
      const engine = await this.work.engine(side.model, signal);
      for (const [place, answer] of answers.entries()) {
        this.count(place, answers.length);
        run.add(await knownEvent(run, answer, "steps", engine, signal));
      }
    });
  }

  edit(run: ReasoningRun, change: StepChange): Promise<void> {
    return this.last.do(l10n.t("Going on from the changed step"), async (signal) => {
      run.add(await editedEvent(run, change, await this.work.engine(change.model, signal), signal));
    });
  }

  /** Plants a mistake into the first answers, and reads their curves: does the reasoning matter to the answer? */
  faithfulness(run: ReasoningRun, side: Side, questions: number, continuations: number): Promise<void> {
    const answers = firstAnswers(run, side, questions);
    if (!answers.some((answer) => stepToSpoil(answer))) {
      throw new UserError(l10n.t("No answer of this arm has a step with a number to get wrong."));
    }
    if (answers.every((answer) => wasLookedInto(run, answer, continuations))) {
      throw new UserError(l10n.t("These answers were all looked into before. Raise the number of questions for more."));
    }
    return this.last.do(l10n.t("Planting mistakes"), async (signal) => {
      const engine = await this.work.engine(side.model, signal);
      for (const [place, answer] of answers.entries()) {
        this.count(place, answers.length);
        const change = mistakeFor(answer, continuations);
        // The same again would come to the same: its seeds are its own.
        if (change && !wasAsked(run, change)) run.add(await editedEvent(run, change, engine, signal));
        const curve = engine.capabilities.score.available && !run.report.known.has(sampleKey(answer));
        if (!curve || withReference(run, [answer]).length === 0) continue;
        run.add(await knownEvent(run, answer, "steps", engine, signal));
      }
    });
  }

  private count(done: number, all: number): void {
    this.work.say(l10n.t("{0} of {1} answers looked into", formatCount(done), formatCount(all)), done / all);
  }
}

/** A mistake to plant into an answer; undefined where none of its steps has a number. */
function mistakeFor(answer: Answer, continuations: number): StepChange | undefined {
  const spoilt = stepToSpoil(answer);
  const { model, question, arm, sample } = answer;
  return spoilt && { model, question, arm, sample, ...spoilt, planted: true, continuations };
}

function wasLookedInto(run: ReasoningRun, answer: Answer, continuations: number): boolean {
  const change = mistakeFor(answer, continuations);
  const read = run.report.known.has(sampleKey(answer)) || withReference(run, [answer]).length === 0;
  return read && (!change || wasAsked(run, change));
}

/** Whether this very mistake was planted before, and run on from as often. */
function wasAsked({ report }: ReasoningRun, { continuations, ...change }: StepChange): boolean {
  const key = sampleKey(change);
  return report.edits.some(
    (edit) =>
      edit.start === change.start &&
      edit.replacement === change.replacement &&
      edit.changed.length === continuations &&
      sampleKey(edit) === key,
  );
}

function withReference<T extends { readonly question: string }>(run: ReasoningRun, answers: readonly T[]): T[] {
  return answers.filter(({ question }) => run.index.question(question)?.question.answer !== undefined);
}
