import { meanSurprisal } from "../hallucination/scores";
import type { AnswerEvent } from "./spec";

/** Mean surprisal of an answer, nats a token; undefined where its run or its model gave no log-probabilities. */
export function surprisalOf({ text, pieces, logProbs }: AnswerEvent): number | undefined {
  return pieces && logProbs ? meanSurprisal({ text, tokens: pieces, logProbs }) : undefined;
}
