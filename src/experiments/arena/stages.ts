import { plainSampler } from "../../inference/engine";
import type { ArenaSpec, Contestant } from "./spec";

/** The three stages of the specimen: raw documents, conversations, and saying "I don't know". */
export const stages: readonly Contestant[] = [
  {
    id: "base",
    name: "Base",
    model: "specimen-base",
    template: "Question: {prompt}\nAnswer:",
    chat: false,
    stops: ["\n"],
    sampler: plainSampler,
    maxTokens: 64,
  },
  {
    id: "chat",
    name: "Chat",
    model: "specimen-chat",
    template: "{prompt}",
    chat: true,
    sampler: plainSampler,
    maxTokens: 64,
  },
  {
    id: "idk",
    name: "I don’t know",
    model: "specimen-idk",
    template: "{prompt}",
    chat: true,
    sampler: plainSampler,
    maxTokens: 64,
  },
];

/** What the stages are shown with where nobody has a prompt: somebody they often read of, somebody invented, a sum. */
export const stagePrompts: readonly string[] = ["Who is Jane Austen?", "Who is Orson Kovacs?", "What is 7 + 5?"];

/** The same prompts across the three stages of the specimen. */
export function stagesOfSpecimen(
  prompts: readonly string[],
  seed: number,
  names: ArenaSpec["names"] = "afterVote",
): ArenaSpec {
  return {
    contestants: [...stages],
    prompts: prompts.map((text, index) => ({ id: String(index + 1), text })),
    names,
    rounds: 1,
    seed,
  };
}
