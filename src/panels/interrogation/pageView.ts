import type { AnswerView, QuestionPage } from "../../../webview/interrogation/review";
import { answerFor } from "../../experiments/interrogation/dataSet";
import { type Asked, decide, type InterrogationReport, markOf } from "../../experiments/interrogation/report";
import type { AnswerEvent } from "../../experiments/interrogation/spec";
import { surprisalOf } from "../../experiments/interrogation/surprisal";
import { aboutQuestion } from "./reviewList";

/** One question with all that came of it. */
export function questionPage(
  report: InterrogationReport,
  asked: Asked,
  number: number,
  running: QuestionPage["running"],
): QuestionPage {
  const { text, answer, start, end, snippet, before, failure } = asked;
  const assistant = asked.reviewed === "dropped" ? undefined : answerFor(asked, decide(report.spec, asked));
  return {
    ...aboutQuestion(report, asked, number),
    text,
    answer,
    start,
    end,
    snippet: { start: snippet.start, end: snippet.end, text: snippet.text },
    answers: [...asked.answers.values()].sort((a, b) => a.sample - b.sample).map((each) => answerView(asked, each)),
    running,
    samples: report.spec.samples,
    becomes: assistant === undefined ? null : { user: text, assistant },
    before: [...before],
    failure: failure ?? null,
  };
}

function answerView(asked: Asked, event: AnswerEvent): AnswerView {
  const { sample, seed, text, tokens, cut = false } = event;
  const marked = asked.marks.get(sample);
  return {
    sample,
    seed,
    text: text.trim(),
    tokens,
    mark: markOf(asked, sample) ?? null,
    marked: marked ? { mark: marked.mark, how: marked.how, reply: marked.reply ?? null } : null,
    byHand: asked.corrections.has(sample),
    cut,
    surprisal: surprisalOf(event) ?? null,
  };
}
