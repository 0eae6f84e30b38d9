import { escapeMarkdown, fenced, markdownTable } from "../../export/markdown";
import type { MarkdownReport, Written } from "../../export/runExports";
import { count, percent, percents } from "../../reasoning/words";
import { edgeOf, edgeWords, ofWords } from "../finding";
import { suiteName, suiteWhy, wayName } from "../names";
import {
  cellOf,
  makingGrid,
  rightOf,
  type SuiteAnswer,
  type SuiteCell,
  type SuitesReport,
  variantsOf,
} from "../report";
import { subjectTokens } from "../subjects";
import type { Suite, SuiteItem } from "../suite";

/**
 * A run as Markdown: what it shows, the grid, and of each suite its first failure with the tokens that tell why. No files
 * lie beside it. Yields now and then, for `inSlices`.
 */
export function* writingMarkdown(
  report: SuitesReport,
  { name, created, by }: Written & { readonly name: string },
): Generator<void, MarkdownReport> {
  const { spec } = report;
  const cells = yield* makingGrid(report);
  const findings = spec.models.map((model) => {
    const own = cells.filter((cell) => cell.model === model);
    const { key, rest } = edgeWords(own, report);
    const who = spec.models.length > 1 ? `${escapeMarkdown(modelName(report, model))}: ` : "";
    return `${who}**${escapeMarkdown(key)}** ${escapeMarkdown(rest)}\n`;
  });
  const parts = [
    `# ${escapeMarkdown(name)}\n`,
    ...findings,
    `## Rates\n\n${grid(report, cells)}\nRight answers with 95 % intervals over cases; under 30 cases they are counted.\n`,
    `## Where it fails\n`,
  ];
  for (const suite of spec.suites) {
    parts.push(failureOf(report, suite));
    yield;
  }
  parts.push(settings(report, { created, by }));
  return { markdown: parts.join("\n"), files: [] };
}

/** The grid alone. */
export function* writingGrid(report: SuitesReport): Generator<void, string> {
  return grid(report, yield* makingGrid(report));
}

/** "92 % [87, 95]", "7 of 11" where there are few, a dash where nothing was graded. */
export function cellWords(cell: SuiteCell): string {
  const edge = edgeOf(cell);
  if (edge === "ungraded") return "–";
  return edge === "few" ? ofWords(cell) : `${percent(cell.right.rate)} ${percents(cell.right)}`;
}

function grid({ spec, models }: SuitesReport, cells: readonly SuiteCell[]): string {
  const rows = spec.suites.flatMap((suite) =>
    variantsOf(suite).map((variant) => [
      wayName(suite, variant),
      ...spec.models.map((model) =>
        cellWords(cells.find((cell) => cell.suite === suite.id && cell.variant === variant && cell.model === model)!),
      ),
    ]),
  );
  return markdownTable(["Asked", ...spec.models.map((model) => modelName({ models }, model))], rows);
}

/** The first wrong answer to a suite, with the prompt's tokens. */
function failureOf(report: SuitesReport, suite: Suite): string {
  const head = `### ${escapeMarkdown(suiteName(suite))}\n`;
  const why = suiteWhy(suite.id);
  const found = firstWrong(report, suite);
  const parts = [head, ...(why ? [`${escapeMarkdown(why)}\n`] : [])];
  if (!found) return [...parts, "No wrong answer.\n"].join("\n");
  const { item, answer } = found;
  const tokens = subjectTokens(answer.prompt ?? [], item.subjects ?? []).map(
    ({ subject, tokens: own }) =>
      `- “${escapeMarkdown(subject)}” is ${count(own.length)} tokens: ${code(own.join("|"))}\n`,
  );
  const said = `${escapeMarkdown(modelName(report, answer.model))} said, where ${code(item.reference ?? "")} was wanted:\n`;
  return [...parts, fenced(item.text), ...(tokens.length > 0 ? [tokens.join("")] : []), said, fenced(answer.text)].join(
    "\n",
  );
}

function firstWrong(report: SuitesReport, suite: Suite): { item: SuiteItem; answer: SuiteAnswer } | undefined {
  for (const variant of variantsOf(suite)) {
    for (const model of report.spec.models) {
      for (const { item, answers } of cellOf(report, suite, variant, model).items) {
        const answer = answers.find((each) => rightOf(report, each) === false);
        if (answer) return { item, answer };
      }
    }
  }
  return undefined;
}

function settings({ spec, models }: SuitesReport, { created, by }: Written): string {
  const { sampler, samples, seed } = spec;
  const rows = [
    ...models.map((model) => [
      "model",
      `${model.name} (${model.id}), ${model.build}${model.fingerprint ? `, SHA-256 ${model.fingerprint}` : ""}`,
    ]),
    ...spec.suites.map((suite) => ["suite", `${suiteName(suite)}, ${count(suite.items.length)} cases`]),
    ["answers to each case", count(samples)],
    [
      "sampler",
      sampler.temperature === 0
        ? "greedy"
        : `temperature ${sampler.temperature}, top-k ${sampler.topK}, top-p ${sampler.topP}, min-p ${sampler.minP}, repetition penalty ${sampler.repetitionPenalty}`,
    ],
    ["seed", String(seed)],
    ["run", `${created}, ${by}`],
  ];
  return `## What was asked\n\n${markdownTable(["", ""], rows, () => false)}`;
}

/** As code on one line, line ends and backticks made visible. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "ˋ").replaceAll("\n", "⏎")}\``;
}

function modelName({ models }: Pick<SuitesReport, "models">, id: string): string {
  return models.find((model) => model.id === id)?.name ?? id;
}
