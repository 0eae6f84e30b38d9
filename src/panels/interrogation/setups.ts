import type { Asker, Setup } from "../../../webview/interrogation/setup";
import type { InterrogationSpec } from "../../experiments/interrogation/spec";
import { plainSampler } from "../../inference/engine";
import type { Models } from "../../models/models";
import type { Texts } from "./texts";

/** What a new panel starts with: rules ask, words decide, five answers at temperature 1, as in Llama 3's paper. */
export function firstSetup(models: Pick<Models, "defaultFor" | "get">): Setup {
  const judge = models.defaultFor("judge");
  return {
    source: { kind: "none" },
    probed: models.defaultFor("chat"),
    asker: "rules",
    writer: null,
    // The built-in models are too small to judge.
    judge: models.get(judge)?.kind === "builtIn" ? null : judge,
    snippetTokens: 256,
    // About as many sentences as a snippet has: all of a text is asked about.
    questionsEach: 10,
    samples: 5,
    sampler: plainSampler,
    seed: 1,
    maxTokens: 96,
    chat: true,
    consistent: 0.8,
  };
}

/** The spec of a setup and its texts; undefined where there is nothing to ask about. */
export function specOf(setup: Setup, { snippets, headings }: Texts): InterrogationSpec | undefined {
  if (snippets.length === 0) return undefined;
  const { probed, asker, writer, judge, questionsEach, samples, sampler, seed, maxTokens, chat, consistent } = setup;
  return {
    probed,
    writer: asker === "writer" ? writer : null,
    judge,
    ...(asker === "hand" && { byHand: true }),
    snippets: [...snippets],
    headings: [...headings],
    questionsEach,
    samples,
    sampler,
    seed,
    maxTokens,
    chat,
    consistent,
  };
}

export function askerOf({ writer, byHand }: Pick<InterrogationSpec, "writer" | "byHand">): Asker {
  return byHand ? "hand" : writer === null ? "rules" : "writer";
}

/** A run's own settings; what its spec does not say stays as it is. */
export function setupOf(spec: InterrogationSpec, current: Setup): Setup {
  const { probed, writer, judge, questionsEach, samples, sampler, seed, maxTokens, chat, consistent } = spec;
  return {
    ...current,
    source: { kind: "run" },
    probed,
    asker: askerOf(spec),
    writer: writer ?? current.writer,
    judge,
    questionsEach,
    samples,
    sampler,
    seed,
    maxTokens,
    chat,
    consistent,
  };
}
