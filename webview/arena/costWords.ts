import { count, plural } from "../ui/format";
import type { Cost } from "./setup";

/** "6 answers, at most 1,536 tokens, 3 pairs to vote on". */
export function costWords({ answers, tokensAtMost, pairs }: Cost): string {
  const votes = pairs === 0 ? "" : `, ${plural(pairs, "pair")} to vote on`;
  return `${plural(answers, "answer")}, at most ${count(tokensAtMost)} tokens${votes}`;
}
