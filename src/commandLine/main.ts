import { realpathSync } from "node:fs";
import path from "node:path";
import { Command, CommanderError, Option } from "commander";
import { ValiError } from "valibot";
import { NameError } from "../experiments/hallucination/names";
import { EngineError } from "../inference/engine";
import { calibrateModel } from "./calibrate";
import { issueWords } from "./checked";
import { compare } from "./compare";
import { count } from "./count";
import { InputError } from "./input";
import { interrogate } from "./interrogate";
import { mostSeed, percents, whole } from "./numbers";
import { probe } from "./probe";
import { report } from "./report";
import { runSpec } from "./run";
import { score } from "./score";
import { findEdges } from "./suites";

/** Ends of a command: all well; a limit or threshold was not kept; it could not be done. */
export const exitCodes = { ok: 0, notKept: 1, failed: 2 } as const;

/** Where the build put everything: this file is dist/commandLine.cjs. */
const dist = path.dirname(realpathSync(process.argv[1] ?? "."));

async function main(): Promise<number> {
  // A reader that has seen enough (head) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  let code: number = exitCodes.ok;
  const color = new Option("--color <when>", "colour the text").choices(["auto", "always", "never"]).default("auto");
  const program = new Command("promptscope")
    .description("Tokens, probabilities and small experiments, outside the editor.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(--help says more)");
  program
    .command("count")
    .description("count the tokens of files; exit with 1 when there are more than --max")
    .argument("<files...>", "files, or - for standard input")
    .option("-t, --tokenizer <name>", "a tokenizer or a model's name", "o200k_base")
    .option("--max <tokens>", "the most that all files may have together", whole())
    .option("--json", "print JSON")
    .action(async (files: string[], options) => {
      code = await count({ ...options, dist, files });
    });
  program
    .command("score")
    .description("how surprised a model is by each token of a text")
    .argument("<file>", "a file, or - for standard input")
    .option("-m, --model <model>", modelHelp, "specimen-base")
    .option("--top <n>", "alternatives for each token, in JSON", whole(), 0)
    .option("--json", "print JSON")
    .addOption(color)
    .action(async (file: string, options) => {
      code = await score({ ...options, dist, file, signal: stopSignal() });
    });
  program
    .command("run")
    .description("run an experiment; exit with 1 when what its spec expects does not hold")
    .argument("<spec>", "a JSON file; its fields are in the README under “On the command line”")
    .option(
      "-o, --out <file>",
      "where the run is saved (*.promptscope.jsonl); goes on with it where it is there already",
    )
    .option("-m, --model <model>", `${modelHelp}; in place of the spec's`)
    .option("--threads <n>", "threads of a GGUF's process; on a busy machine fewer may be faster", whole(1))
    .option("--forecast", "print what the run would take, as an estimate, and ask nothing but a short trial")
    .option("--json", "print the report as JSON")
    .action(async (spec: string, options) => {
      code = await runSpec({ ...options, dist, spec, signal: stopSignal() });
    });
  program
    .command("probe")
    .description("does a model know, or make it up: a question with controls")
    .argument("<what>", "a question, or the name of a person or a thing")
    .option("-m, --model <model>", modelHelp, "specimen-chat")
    .option("--judge <model>", "who says which answers mean the same: a model, or “words”; the model itself by default")
    .option("-n, --samples <n>", "answers at temperature 1", whole(1, 1000), 10)
    .option("--controls <n>", "known and invented names to ask the same about", whole(), 10)
    .addOption(new Option("--kind <kind>", "what the name stands for").choices(["person", "place", "element"]))
    .option("--reference <text>", "a right answer")
    .option("--page <file>", "a text to put before the question, for a second round")
    .option("--seed <n>", "of samples and invented names", whole(0, mostSeed), 1)
    .option("-o, --out <file>", "where the run is saved (*.promptscope.jsonl)")
    .option("--json", "print JSON")
    .action(async (what: string, options) => {
      code = await probe({ ...options, dist, what, signal: stopSignal() });
    });
  program
    .command("calibrate")
    .description("how far to trust the scores of a probe on a model, as tables")
    .option("-m, --model <model>", modelHelp, "specimen-chat")
    .option("--judge <model>", "as for probe")
    .option("--against <model>", "another model, asked the same: what refusing costs and saves")
    .option("--each <n>", "people of each class of exposure, or well-known people and places", whole(1), 30)
    .option("-n, --samples <n>", "answers at temperature 1", whole(1, 1000), 10)
    .option("--seed <n>", "of samples and invented names", whole(0, mostSeed), 1)
    .option("--threads <n>", "threads of a GGUF's process; on a busy machine fewer may be faster", whole(1))
    .option("-o, --out <file>", "where the run is saved (*.promptscope.jsonl)")
    .option("--json", "print JSON")
    .action(async (options) => {
      code = await calibrateModel({ ...options, dist, signal: stopSignal() });
    });
  program
    .command("suites")
    .description("the lab of sharp edges: small suites with checked answers; exit with 1 when a way has fewer right")
    .option("-m, --model <models...>", modelHelp, ["specimen-chat"])
    .option("-s, --suite <ids...>", "ready suites; all where nothing is named")
    .option("-f, --file <files...>", "suites of your own, as JSON Lines")
    .option("--size <n>", "cases each way of ready suites", whole(1), 30)
    .option("-n, --samples <n>", "answers to each case", whole(1), 1)
    .option("--temperature <t>", "0 takes the likeliest token each time", Number, 0)
    .option("--seed <n>", "of cases and samples", whole(0, mostSeed), 1)
    .option("--at-least <percent>", "the least that each graded way may have right", percents)
    .option("-o, --out <file>", "where the run is saved (*.promptscope.jsonl)")
    .option("--json", "print JSON")
    .action(async (options) => {
      code = await findEdges({ ...options, dist, signal: stopSignal() });
    });
  program
    .command("interrogate")
    .description("what a model knows of texts, by section; and the “I don’t know” data set that follows")
    .argument(
      "<files...>",
      "texts and folders of texts, one file of facts (JSONL or CSV), or one saved run, which is not asked again",
    )
    .option("-m, --model <model>", modelHelp, "specimen-chat")
    .option("--writer <model>", "who writes the questions; rules by default")
    .option("--judge <model>", "who marks answers whose words do not say; words alone by default")
    .option("--tokens <n>", "most tokens of a snippet", whole(1), 256)
    .option("--questions <n>", "most questions about a snippet", whole(1), 10)
    .option("-n, --samples <n>", "answers to each question, at temperature 1", whole(1, 100), 5)
    .option("--seed <n>", "of the answers and of the split", whole(0, mostSeed), 1)
    .option(
      "-o, --out <file>",
      "where the run is saved (*.promptscope.jsonl); goes on with it where it is there already",
    )
    .option("--export <folder>", "writes the data set there: chat JSONL, provenance, data card")
    .option("--validation <percent>", "share of files kept for validation", percents, 20)
    .option("--only-accepted", "export only questions that a person accepted")
    .option("--force", "overwrite a data set that is there")
    .option("--json", "print JSON")
    .action(async (files: string[], options) => {
      code = await interrogate({ ...options, dist, files, signal: stopSignal() });
    });
  program
    .command("compare")
    .description("two saved runs of the same questions, question by question: two models, prompts or samplers")
    .argument("<first>", "a saved run (*.promptscope.jsonl)")
    .argument("<second>", "the run that is held against it")
    .option("--fail-on-drop", "exit with 1 when the second run is shown to have fewer right")
    .option("--json", "print JSON")
    .action(async (first: string, second: string, options) => {
      code = await compare({ ...options, first, second });
    });
  program
    .command("report")
    .description(
      "a saved run of any experiment but the explorer: a Markdown report with its plots, its main table, its answers, or JSON",
    )
    .argument("<run>", "a saved run (*.promptscope.jsonl)")
    .addOption(
      new Option("-f, --format <format>", "what to write")
        .choices(["markdown", "table", "csv", "json"])
        .default("markdown"),
    )
    .option("-o, --out <file>", "where to write it; plots and the exact spec go beside it")
    .action(async (run: string, options) => {
      code = await report({ ...options, run });
    });
  await program.parseAsync();
  return code;
}

/**
 * Aborted at Ctrl-C, so that what had arrived is saved and models are ended. Called by the commands that listen to it alone: the
 * others end as any program does.
 */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => stop.abort(new InputError("Stopped.")));
  return stop.signal;
}

const modelHelp = "specimen-base, -chat, -idk, -think, a .gguf file, or a server's model as https://host/v1#name";

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.failed;
      return;
    }
    process.stderr.write(`promptscope: ${textOf(error)}\n`);
    process.exitCode = exitCodes.failed;
  },
);

/** What went wrong; with the stack where nobody who typed the command can put it right. */
function textOf(error: unknown): string {
  if (error instanceof ValiError) return issueWords(error.issues);
  if (!(error instanceof Error)) return String(error);
  const known = [InputError, EngineError, NameError].some((kind) => error instanceof kind);
  return known ? error.message : (error.stack ?? error.message);
}
