import { l10n } from "vscode";
import type { Asked, InterrogationReport } from "../../experiments/interrogation/report";
import type { InterrogationEvent, Mark, Snippet } from "../../experiments/interrogation/spec";
import { UserError } from "../../platform/commands";

/** Accepted or dropped; null takes the review back. */
export function reviewEvent(
  report: InterrogationReport,
  question: string,
  as: "accepted" | "dropped" | null,
): InterrogationEvent {
  return { type: "reviewed", question: needed(report, question).id, as };
}

/** A person's mark, or null; undefined where it says what the answer has anyway. Throws UserError without that answer. */
export function markEvent(
  report: InterrogationReport,
  question: string,
  sample: number,
  mark: Mark | null,
): InterrogationEvent | undefined {
  const { answers, marks, corrections } = needed(report, question);
  if (!answers.has(sample)) throw new UserError(l10n.t("There is no such answer to mark yet."));
  // A person who says what the machine said has nothing to correct.
  const wanted = mark === marks.get(sample)?.mark ? null : mark;
  if (wanted === (corrections.get(sample) ?? null)) return undefined;
  return { type: "corrected", question, sample, mark: wanted };
}

/** Another wording or answer; undefined where nothing is another. Throws UserError, for the field. */
export function fixEvent(
  report: InterrogationReport,
  question: string,
  given: { readonly text: string; readonly answer: string },
): Extract<InterrogationEvent, { type: "fixed" }> | undefined {
  const asked = needed(report, question);
  const { text, answer } = words(given);
  return text === asked.text && answer === asked.answer ? undefined : { type: "fixed", question, text, answer };
}

/** A question of the person's own about a line. Throws UserError, for the field. */
export function addedEvent(
  report: InterrogationReport,
  {
    file,
    line,
    ...given
  }: { readonly file: string; readonly line: number; readonly text: string; readonly answer: string },
): Extract<InterrogationEvent, { type: "question" }> {
  const { text, answer } = words(given);
  const snippet = report.spec.snippets.find((each) => each.file === file && holds(each, line));
  if (!snippet) throw new UserError(l10n.t("Line {0} of {1} holds no text that is asked about.", line, file));
  const own = [...report.questions].filter((each) => each.snippet.id === snippet.id && each.by === "person").length;
  const id = `${snippet.id}.by hand ${own + 1}`;
  return { type: "question", id, snippet: snippet.id, text, answer, ...placeOf(snippet, line), by: "person" };
}

/** What `undo` would take back, in words; null for nothing. */
export function undoText({ step, questions }: InterrogationReport): string | null {
  const asked = step && questions.get(step.question);
  if (!step || !asked) return null;
  const name = `“${shortened(step.before ?? asked)}”`;
  switch (step.event.type) {
    case "reviewed":
      if (step.event.as === "accepted") return l10n.t("Accepted {0}", name);
      return step.event.as === "dropped" ? l10n.t("Dropped {0}", name) : l10n.t("Review taken back: {0}", name);
    case "corrected":
      return l10n.t("Mark of answer {0} to {1}", step.event.sample + 1, name);
    case "fixed":
      return l10n.t("Fixed {0}", name);
    case "question":
      return l10n.t("Added {0}", name);
  }
}

function needed({ questions }: InterrogationReport, id: string): Asked {
  const asked = questions.get(id);
  if (!asked) throw new UserError(l10n.t("This question is not in the run."));
  return asked;
}

function words({ text, answer }: { readonly text: string; readonly answer: string }): { text: string; answer: string } {
  const found = { text: text.trim(), answer: answer.trim() };
  if (found.text === "") throw new UserError(l10n.t("Write a question."));
  if (found.answer === "")
    throw new UserError(l10n.t("Write the answer that the text gives: answers are held against it."));
  return found;
}

function holds({ line, text }: Snippet, wanted: number): boolean {
  return wanted >= line && wanted < line + text.split("\n").length;
}

/** A line within a snippet, UTF-16 offsets in the file. */
function placeOf(snippet: Snippet, line: number): { readonly start: number; readonly end: number } {
  const lines = snippet.text.split("\n");
  const before = lines.slice(0, line - snippet.line).reduce((sum, each) => sum + each.length + 1, 0);
  const start = snippet.start + before;
  return { start, end: Math.min(snippet.end, start + lines[line - snippet.line]!.length) };
}

const shownCharacters = 60;

function shortened({ text }: Pick<Asked, "text">): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
