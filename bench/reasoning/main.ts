import path from "node:path";
import { defaultArms } from "../../src/experiments/reasoning/arms";
import { generatedQuestions } from "../../src/experiments/reasoning/generated";
import { runReasoning } from "../../src/experiments/reasoning/run";
import type { ReasoningSpec } from "../../src/experiments/reasoning/spec";
import { plainSampler } from "../../src/inference/engine";
import { openProcessEngine } from "../../src/inference/llama/process/processEngine";
import { defaultSettings } from "../../src/inference/llama/runtime/loadOptions";
import { short, table } from "../tokenizers/table";

/** What a run of the built-in model costs: every arm, ten answers to each question. */
interface Cost {
  readonly questions: number;
  readonly answers: number;
  readonly tokens: number;
  readonly seconds: number;
}

interface Report {
  readonly model: string;
  readonly build: string;
  readonly arms: number;
  readonly samples: number;
  readonly costs: readonly Cost[];
}

const samples = 10;

/**
 * Answers a second at 1, 10 and 100 questions, through the model process as the panel and the command line ask it. Numbers
 * among the flags stand for other counts: `npm run bench -- reasoning 1 10`.
 */
export async function run(flags: readonly string[] = []): Promise<Report> {
  const given = flags.filter((flag) => /^\d+$/.test(flag)).map(Number);
  const counts = given.length > 0 ? given : [1, 10, 100];
  const load = {
    ...defaultSettings,
    path: path.resolve("media/models/specimen-chat.gguf"),
    id: "specimen-chat",
    name: "Specimen, chat",
    kind: "builtIn",
    gpu: "cpu",
  } as const;
  const engine = await openProcessEngine({ entry: path.resolve("dist/modelProcess.mjs"), load });
  try {
    const costs: Cost[] = [];
    for (const questions of counts) {
      const spec: ReasoningSpec = {
        models: [load.id],
        questions: generatedQuestions([{ family: "running calculation", count: questions, steps: 3, seed: 1 }]),
        arms: [...defaultArms],
        samples,
        sampler: plainSampler,
        seed: 1,
        grader: { kind: "number" },
        chat: true,
      };
      const start = performance.now();
      let answers = 0;
      let tokens = 0;
      for await (const event of runReasoning(spec, async () => engine, new AbortController().signal)) {
        if (event.type !== "sample") continue;
        answers++;
        tokens += event.tokens.length;
      }
      costs.push({ questions, answers, tokens, seconds: (performance.now() - start) / 1000 });
    }
    return { model: load.name, build: engine.model.build, arms: defaultArms.length, samples, costs };
  } finally {
    await engine.close();
  }
}

export function print({ model, build, arms, samples: each, costs }: Report): void {
  console.log(`\n${model}, ${build}: ${arms} arms, ${each} answers to each question in each`);
  const rows = costs.map(({ questions, answers, tokens, seconds }) => [
    String(questions),
    String(answers),
    String(tokens),
    `${short(seconds)} s`,
    short(answers / seconds),
    short(tokens / seconds),
  ]);
  console.log(table(["questions", "answers", "tokens", "time", "answers a second", "tokens a second"], rows));
}
