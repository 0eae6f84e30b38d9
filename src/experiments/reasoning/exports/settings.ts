import { escapeMarkdown, fenced, markdownTable } from "../../export/markdown";
import type { Written } from "../../export/runExports";
import type { Grader } from "../../graders/grade";
import type { JudgeQuality } from "../../judging/judgeCheck";
import { judgeOf, type ReasoningReport } from "../report";
import type { ReasoningSpec } from "../spec";
import { count } from "../words";

/** What was asked of whom and how, as a section of the report `name`, whose spec lies beside it. */
export function settings(report: ReasoningReport, { created, by }: Written, name: string): string {
  const { spec, models } = report;
  const { samples, sampler, seed, system, tokenBudget } = spec;
  const judge = judgeOf(report);
  const rows = [
    ...models.map((model) => [
      spec.models.includes(model.id) ? "model" : "judge",
      `${model.name} (${model.id}), ${model.build}${model.fingerprint ? `, SHA-256 ${model.fingerprint}` : ""}`,
    ]),
    ["questions", `${count(spec.questions.length)}${sourceWords(spec)}`],
    ["answers to each, in each arm", count(samples)],
    [
      "sampler",
      sampler.temperature === 0
        ? "greedy"
        : `temperature ${sampler.temperature}, top-k ${sampler.topK}, top-p ${sampler.topP}, min-p ${sampler.minP}, repetition penalty ${sampler.repetitionPenalty}`,
    ],
    ["seed", String(seed)],
    ["graded by", graderWords(spec.grader)],
    ...(judge ? [["judge tried before", judgeWords(judge)]] : []),
    ...(system ? [["system message", system]] : []),
    ...(tokenBudget === undefined ? [] : [["token budget", count(tokenBudget)]]),
    ["run", `${created}, ${by}`],
  ];
  const wordings = spec.arms.map(
    (arm) =>
      `**${escapeMarkdown(arm.name)}**, at most ${count(arm.maxTokens)} tokens\n\n${fenced(spec.chat ? arm.chat : arm.document)}\n`,
  );
  const again = `The exact spec is in [${escapeMarkdown(name)}-spec.json](${encodeURIComponent(`${name}-spec.json`)}); \`promptscope run\` asks the same again.\n`;
  return `## What was asked\n\n${markdownTable(["", ""], rows, () => false)}\n${wordings.join("")}${again}`;
}

function sourceWords({ source }: ReasoningSpec): string {
  if (source?.kind === "file") return `, of ${source.name}`;
  if (source?.kind === "editor") return `, of ${source.place}`;
  if (source?.kind !== "generated") return "";
  return `, generated: ${source.sets.map(({ family, count: n, steps, seed }) => `${family}${steps === undefined ? "" : ` of ${steps}`} × ${n}, seed ${seed}`).join("; ")}`;
}

function graderWords(grader: Grader): string {
  if (grader.kind === "choice") return `letter of ${grader.choices} choices`;
  if (grader.kind === "meaning") return `same meaning as the reference; ${grader.judge} judges where the words differ`;
  return grader.kind === "pattern" ? `regular expression ${grader.pattern}` : grader.kind;
}

function judgeWords({ right, pairs, usable }: JudgeQuality): string {
  const told = `told ${right} of ${pairs} pairs of known meaning apart`;
  return usable ? told : `${told}, too few for its word to be taken: words alone decided`;
}
