import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { dataSet, dataSetFiles } from "../experiments/interrogation/dataSet";
import { sectionsTable } from "../experiments/interrogation/exports/report";
import { interrogation } from "../experiments/interrogation/interrogation";
import { addEvent, type InterrogationReport, startReport } from "../experiments/interrogation/report";
import { runInterrogation } from "../experiments/interrogation/run";
import { factSnippets, headingsOf, SnippetError, snippetsOf } from "../experiments/interrogation/snippets";
import { type InterrogationSpec, interrogationSpec } from "../experiments/interrogation/spec";
import { summarise } from "../experiments/interrogation/summary";
import { runFileEnding } from "../experiments/runFile";
import { plainSampler } from "../inference/engine";
import { loadTokenizer } from "../tokenizers/loadTokenizer";
import { directorySource } from "../tokenizers/node/nodeSource";
import { checked } from "./checked";
import { InputError, inFile, readText } from "./input";
import { modelId, runModels } from "./models";
import { openRun, readSavedRun } from "./savedRun";
import { textFiles } from "./textFiles";

export interface InterrogateOptions {
  readonly dist: string;
  /** Texts and folders of texts, one file of facts, or one saved run. */
  readonly files: readonly string[];
  readonly model: string;
  readonly writer?: string;
  readonly judge?: string;
  readonly tokens: number;
  readonly questions: number;
  readonly samples: number;
  readonly seed: number;
  readonly out?: string;
  /** Folder for the data set. */
  readonly export?: string;
  /** Share of files, percent. */
  readonly validation: number;
  readonly onlyAccepted?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** What a model knows of texts, by section, as a Markdown table; and the "I don't know" data set that follows. */
export async function interrogate(options: InterrogateOptions): Promise<number> {
  // Asking may take hours: a folder that will not do is refused before.
  if (options.export !== undefined) await replaceable(options.export, options.force);
  const report = await reportOf(options);
  const { whole, sections, byRule, problem } = summarise(report);
  if (options.json) process.stdout.write(`${JSON.stringify({ whole, sections, byRule, problem })}\n`);
  else {
    const about =
      report.spec.writer !== null && byRule > 0 ? [`${byRule} questions were made by rules: ${problem}\n`] : [];
    process.stdout.write([sectionsTable([...sections, whole]), ...about].join("\n"));
  }
  if (options.export !== undefined) await exportTo(options.export, report, options);
  return 0;
}

async function reportOf(options: InterrogateOptions): Promise<InterrogationReport> {
  const [first] = options.files;
  if (options.files.length === 1 && first!.endsWith(runFileEnding)) {
    const { spec, events } = await readSavedRun(first!, interrogation);
    return events.reduce(addEvent, startReport(spec));
  }
  const { dist, out, signal } = options;
  const spec = await specOf(options);
  const saved = out === undefined ? undefined : await openRun(out, interrogation, spec);
  const models = runModels(dist, signal);
  let report = (saved?.events ?? []).reduce(addEvent, startReport(spec));
  try {
    for await (const event of runInterrogation(spec, models.engines, signal, saved?.events)) {
      await saved?.add(event);
      report = addEvent(report, event);
      if (event.type === "failed") process.stderr.write(`question ${event.question}: ${event.message}\n`);
      if (process.stderr.isTTY) {
        process.stderr.write(
          `\r${report.written.size} of ${spec.snippets.length} snippets, ${report.questions.size} questions `,
        );
      }
    }
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\n");
    await saved?.close();
    await models.close();
  }
  return report;
}

async function specOf({
  dist,
  files,
  model,
  writer,
  judge,
  tokens,
  questions,
  samples,
  seed,
  signal,
}: InterrogateOptions): Promise<InterrogationSpec> {
  const texts = await Promise.all(
    (await textFiles(files)).map(async ({ file, name }) => ({ name, text: await readText(file, signal) })),
  );
  const facts = files.length === 1 && /\.(jsonl|ndjson|csv|tsv)$/i.test(files[0]!);
  const loaded = facts ? undefined : await loadTokenizer(snippetTokenizer, directorySource(dist));
  const snippets = loaded
    ? cut(() => [...snippetsOf(texts, loaded, tokens)])
    : inFile(files[0]!, () => factSnippets(texts[0]!));
  if (snippets.length === 0) throw new InputError("There is no text in these files that could be asked about.");
  return checked(interrogationSpec, {
    probed: modelId(model),
    writer: writer === undefined ? null : modelId(writer),
    judge: judge === undefined ? null : modelId(judge),
    snippets,
    headings: facts ? [] : texts.flatMap(headingsOf),
    questionsEach: questions,
    samples,
    sampler: plainSampler,
    seed,
    maxTokens: 96,
    chat: true,
    consistent: 0.8,
  });
}

/** Cuts texts where no panel says which tokenizer counts them. */
const snippetTokenizer = "o200k_base";

function cut<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof SnippetError ? new InputError(error.message) : error;
  }
}

async function exportTo(
  folder: string,
  report: InterrogationReport,
  { validation, seed, onlyAccepted = false, force }: InterrogateOptions,
): Promise<void> {
  const { files, examples } = dataSet(report, { validation: validation / 100, seed, onlyAccepted });
  if (examples.length === 0)
    throw new InputError("No question became an example: none was answered consistently right or wrong.");
  // Looked at again: another command may have written there meanwhile.
  const names = await replaceable(folder, force);
  await mkdir(folder, { recursive: true });
  // A split that this set does not have must not stay beside it.
  for (const name of names) if (!files.has(name)) await rm(path.join(folder, name));
  for (const [name, text] of files) await writeFile(path.join(folder, name), text);
  process.stderr.write(`${examples.length} examples written to ${folder}\n`);
}

/** The files of a data set that lie in a folder already. Throws InputError where there are any and nobody said to replace them. */
async function replaceable(folder: string, force = false): Promise<readonly string[]> {
  const there = new Set(await namesIn(folder));
  const names = dataSetFiles.filter((name) => there.has(name));
  if (names.length > 0 && !force) {
    throw new InputError(`Already in ${folder}: ${names.join(", ")}. Give another folder, or --force.`);
  }
  return names;
}

/** None of a folder that is not there yet. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new InputError(code === "ENOTDIR" ? `${folder} is no folder.` : `${folder} cannot be read: ${message}`);
  }
}
