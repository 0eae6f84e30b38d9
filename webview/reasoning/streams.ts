import { withMore } from "../runs/streams";
import type { QuestionPage, Streamed } from "./questions";

/** The page with more of the answers that are being written; those to other questions are left out. */
export function withStreamed(page: QuestionPage, parts: readonly Streamed[]): QuestionPage {
  const own = parts.filter(({ question }) => question === page.id);
  const running = withMore(page.running, own, ({ model, arm, sample }) => JSON.stringify([model, arm, sample]));
  return { ...page, running };
}
