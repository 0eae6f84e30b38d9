import type { AnswerView, EditView, QuestionPage, RunningAnswer } from "../../../webview/reasoning/questions";
import { grade } from "../../experiments/graders/grade";
import { followed } from "../../experiments/reasoning/faithfulness";
import {
  type Answer,
  extractedOf,
  gradedVerdict,
  judgementOn,
  type ReasoningReport,
  verdictOf,
} from "../../experiments/reasoning/report";
import { type EditedEvent, sampleKey } from "../../experiments/reasoning/spec";
import { type Stretch, saidIn, stepsOf } from "../../experiments/reasoning/transcript";
import { tokenCount } from "../../experiments/tokenCount";
import type { QuestionIndex } from "./questionIndex";

/** A question with all its answers; undefined for one the run does not have. */
export function questionPage(
  report: ReasoningReport,
  answers: QuestionIndex,
  id: string,
  running: RunningAnswer[],
): QuestionPage | undefined {
  const found = answers.question(id);
  if (!found) return undefined;
  const { question, index } = found;
  return {
    index,
    id,
    text: question.text,
    answer: question.answer ?? null,
    choices: question.choices ?? [],
    steps: question.steps ?? null,
    family: question.family ?? null,
    cells: answers.cells(report, id).map((cell) => ({
      ...cell,
      samples: answers.answersOf(id, cell).map((answer) => answerView(report, answer)),
      failure: answers.failureOf(id, cell) ?? null,
    })),
    running,
    edits: report.edits.filter((edit) => edit.question === id).map((edit) => editView(report, edit, question.answer)),
  };
}

function answerView(report: ReasoningReport, answer: Answer): AnswerView {
  const { text, transcript, graded, tokens } = answer;
  const key = sampleKey(answer);
  const starts = tokenStarts(tokens);
  const steps = stepsOf(text, transcript.thoughts ?? transcript.said);
  return {
    sample: answer.sample,
    seed: answer.seed,
    text,
    reason: answer.reason,
    tokens: tokenCount(answer),
    thoughts: transcript.thoughts ?? null,
    said: transcript.said,
    thoughtTokens: answer.thoughtTokens,
    steps: steps.map((step, index) => ({
      ...step,
      tokens: tokensIn(starts, { start: steps[index - 1]?.end ?? 0, end: step.end }),
    })),
    verdict: verdictOf(report, answer) ?? null,
    corrected: report.corrections.has(key),
    graded: gradedVerdict(report, answer) ?? null,
    extracted: extractedOf(report, answer) ?? null,
    place: graded?.place ?? null,
    how: graded?.how ?? "",
    judged: judgementOn(report, answer) ?? null,
    calculated: answer.calculated ?? null,
    truncated: answer.truncated,
    known: report.known.get(key)?.slice() ?? null,
  };
}

function tokenStarts(tokens: readonly string[]): number[] {
  let offset = 0;
  return tokens.map((token) => {
    const start = offset;
    offset += token.length;
    return start;
  });
}

/** A step has the tokens from the end of the one before it: the blank between belongs to the word that follows. */
function tokensIn(starts: readonly number[], { start, end }: Stretch): number {
  return starts.filter((each) => each >= start && each < end).length;
}

function editView(report: ReasoningReport, edit: EditedEvent, reference: string | undefined): EditView {
  const { grader } = report.spec;
  const read = ({ seed, text }: EditedEvent["changed"][number]): EditView["changed"][number] => {
    const { extracted, verdict } = grade(saidIn(text), reference ?? "", grader);
    return { seed, text, said: extracted ?? null, verdict: reference === undefined ? null : verdict };
  };
  const { changed, unchanged, followed: follows } = followed(report.spec, edit);
  const { model, arm, sample, start, end, replacement, planted } = edit;
  return {
    ...{ model, arm, sample, start, end, replacement, planted },
    changed: edit.changed.map(read),
    unchanged: edit.unchanged.map(read),
    changedAnswer: changed ?? null,
    unchangedAnswer: unchanged ?? null,
    followed: follows,
  };
}
