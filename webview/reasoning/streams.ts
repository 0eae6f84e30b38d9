import type { QuestionPage, RunningAnswer, Streamed } from "./questions";
import { sameSide } from "./sides";

/**
 * The page with more of the answers that are being written. What does not fit on what is there is left out: the page comes
 * again, and with it what was missed.
 */
export function withStreamed(page: QuestionPage, parts: readonly Streamed[]): QuestionPage {
  const running: RunningAnswer[] = [...page.running];
  for (const { model, arm, question, sample, from, tokens } of parts) {
    if (question !== page.id) continue;
    const at = running.findIndex((each) => sameSide(each, { model, arm }) && each.sample === sample);
    const known = running[at];
    if (known && known.tokens.length === from) running[at] = { ...known, tokens: [...known.tokens, ...tokens] };
    else if (!known && from === 0) running.push({ model, arm, sample, tokens });
  }
  return { ...page, running };
}
