import { defaultArms } from "../../../../src/experiments/reasoning/arms";
import { generatedQuestions } from "../../../../src/experiments/reasoning/generated";
import { reasoning } from "../../../../src/experiments/reasoning/reasoning";
import type { ReasoningReport } from "../../../../src/experiments/reasoning/report";
import type { ReasoningSpec } from "../../../../src/experiments/reasoning/spec";
import { type Engine, plainSampler } from "../../../../src/inference/engine";

const sets = [
  { family: "running calculation", count: 4, steps: 1, seed: 5 },
  { family: "running calculation", count: 4, steps: 3, seed: 5 },
] as const;

/** Eight generated problems, answered at once and step by step, twice each. */
export const smallSpec: ReasoningSpec = {
  models: ["specimen-chat"],
  questions: generatedQuestions(sets),
  source: { kind: "generated", sets: [...sets] },
  arms: defaultArms.filter(({ id }) => ["direct", "steps"].includes(id)),
  samples: 2,
  sampler: plainSampler,
  seed: 9,
  grader: { kind: "number" },
  chat: true,
};

/** The report of a run on a real engine. */
export async function reportOf(engine: Engine, spec: ReasoningSpec = smallSpec): Promise<ReasoningReport> {
  let report = reasoning.start(spec);
  for await (const event of reasoning.run(spec, async () => engine, new AbortController().signal)) {
    report = reasoning.add(report, event);
  }
  return report;
}
