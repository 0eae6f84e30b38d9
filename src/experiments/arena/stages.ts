import { plainSampler } from "../../inference/engine";
import type { ArenaSpec, Contestant } from "./spec";

const stages: readonly Pick<Contestant, "id" | "name" | "model" | "template" | "chat" | "stops">[] = [
  {
    id: "base",
    name: "Base",
    model: "specimen-base",
    template: "Question: {prompt}\nAnswer:",
    chat: false,
    stops: ["\n"],
  },
  { id: "chat", name: "Chat", model: "specimen-chat", template: "{prompt}", chat: true },
  { id: "idk", name: "I don’t know", model: "specimen-idk", template: "{prompt}", chat: true },
];

/** The same prompts across the three stages of the specimen: raw documents, conversations, and saying "I don't know". */
export function stagesOfSpecimen(prompts: readonly string[], seed: number): ArenaSpec {
  return {
    contestants: stages.map((stage) => ({ ...stage, sampler: plainSampler, maxTokens: 64 })),
    prompts: prompts.map((text, index) => ({ id: String(index + 1), text })),
    rounds: 1,
    seed,
  };
}
