import { l10n } from "vscode";
import type { ClaimView, Source } from "../../../webview/hallucination/setup";
import { ClaimError, claimsIn } from "../../experiments/hallucination/claims";
import { templateQuestion } from "../../experiments/hallucination/templateQuestion";
import { questionFor } from "../../experiments/hallucination/writing";
import type { Engine } from "../../inference/engine";
import { UserError } from "../../platform/commands";
import { inSlices } from "../../tokens/slices";
import { mostClaims } from "./setups";

/**
 * The claims of a text, each as a question by rule; one without is kept for a person to ask. Of very many the first are
 * taken. Rejects with a UserError for a text that is too long or claims nothing.
 */
export async function claimsSource(text: string, from: string | null): Promise<Extract<Source, { kind: "claims" }>> {
  // Without an abort it comes to its end.
  const claims = (await inSlices(claimsByRule(text), new AbortController().signal))!;
  if (claims.length === 0) {
    throw new UserError(
      l10n.t("There is no sentence in this text that claims anything. Select at least one whole sentence."),
    );
  }
  return { kind: "claims", from, claims };
}

function* claimsByRule(text: string): Generator<void, ClaimView[]> {
  const claims: ClaimView[] = [];
  try {
    for (const { text: claim } of claimsIn(text)) {
      const made = templateQuestion(claim);
      const { text: question = "", answer = "" } = made ?? {};
      claims.push({ text: claim, question, answer, by: "rule", on: made !== undefined });
      if (claims.length === mostClaims) break;
      yield;
    }
  } catch (error) {
    throw error instanceof ClaimError ? new UserError(error.message) : error;
  }
  return claims;
}

export interface Written {
  readonly claims: readonly ClaimView[];
  /** Claims whose question the writer did not write well enough, and the last reason; rules made them then. */
  readonly refused: number;
  readonly problem: string | undefined;
}

/** The writer's questions for the claims that are on; a person's own stay. `told` hears how many are written. */
export async function writtenQuestions(
  claims: readonly ClaimView[],
  writer: Engine,
  signal: AbortSignal,
  told: (done: number, all: number) => void,
): Promise<Written> {
  const all = claims.filter(wanted).length;
  const next: ClaimView[] = [];
  let [done, refused, reason] = [0, 0, undefined as string | undefined];
  for (const claim of claims) {
    if (!wanted(claim)) {
      next.push(claim);
      continue;
    }
    told(done++, all);
    const { question, problem } = await questionFor(writer, claim.text, signal);
    if (problem !== undefined) [refused, reason] = [refused + 1, problem];
    next.push(question ? { ...claim, question: question.text, answer: question.answer, by: question.by } : claim);
  }
  return { claims: next, refused, problem: reason };
}

function wanted({ on, by, question }: ClaimView): boolean {
  return by !== "person" && (on || question === "");
}
