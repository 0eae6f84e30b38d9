import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import type { Grader } from "../experiments/graders/grade";
import { families } from "../experiments/problems/problem";
import { problemSet } from "../experiments/problems/sets";
import { arm, armsFor, fittingGrader } from "../experiments/reasoning/arms";
import { exampleProblems, withExamples } from "../experiments/reasoning/fewShot";
import { generatedQuestions } from "../experiments/reasoning/generated";
import { thinkingArmOf, withoutThinking } from "../experiments/reasoning/noThinking";
import { type Question, question } from "../experiments/reasoning/question";
import { readQuestions } from "../experiments/reasoning/readQuestions";
import { type ReasoningSpec, reasoningSpec } from "../experiments/reasoning/spec";
import { plainSampler } from "../inference/engine";
import { InputError, inFile, readText } from "./input";
import { modelId } from "./models";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What stands in a spec file: short for people, turned into the experiment's own spec. */
const fileSpec = v.strictObject({
  experiment: v.literal("reasoning"),
  /** As for --model; two are compared. */
  model: v.optional(v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(2))])),
  /** A file beside the spec, the questions themselves, or sets to generate. */
  questions: v.union([
    v.string(),
    v.array(question),
    v.object({ generate: v.union([problemSet, v.array(problemSet)]) }),
  ]),
  arms: v.optional(v.array(v.union([v.string(), arm])), ["direct", "steps"]),
  /** Worked examples before the question, for models that are given documents. */
  examples: v.optional(v.object({ family: v.picklist(families), count })),
  samples: v.optional(count, 1),
  sampler: v.optional(v.partial(reasoningSpec.entries.sampler), {}),
  seed: v.optional(reasoningSpec.entries.seed, 1),
  /** By default the one that fits the questions' references. */
  grader: v.optional(v.union([v.picklist(["number", "text", "meaning"]), reasoningSpec.entries.grader])),
  system: v.optional(v.string()),
  chat: v.optional(v.boolean(), true),
  tokenBudget: v.optional(count),
  /** What must hold for the command to end well. */
  expect: v.optional(
    v.array(
      v.object({
        arm: v.string(),
        model: v.optional(v.string()),
        atLeast: v.optional(share),
        atMost: v.optional(share),
      }),
    ),
    [],
  ),
});

export type Expectation = v.InferOutput<typeof fileSpec>["expect"][number];

export interface ReadSpec {
  readonly spec: ReasoningSpec;
  readonly expect: readonly Expectation[];
}

/** Reads a spec file; `model` stands in place of its own. Throws InputError, which names what is wrong and where. */
export async function readSpec(file: string, model: string | undefined, signal: AbortSignal): Promise<ReadSpec> {
  const read = v.safeParse(fileSpec, parsed(await readText(file, signal), file));
  if (!read.success) {
    const [issue] = read.issues;
    throw new InputError(`${file}: ${v.getDotPath(issue) ?? "the spec"}: ${issue.message}`);
  }
  const given = read.output;
  const models = (model !== undefined ? [model] : [given.model ?? "specimen-chat"].flat()).map(modelId);
  const questions = await questionsOf(given.questions, file);
  const grader = graderOf(given.grader, questions, models[0]!);
  const plain = given.arms.map((each) => (typeof each === "string" ? defaultArm(each, grader, file) : each));
  const { examples } = given;
  const worked = examples && exampleProblems(examples.family, { count: examples.count, seed: given.seed, questions });
  const arms = worked ? plain.map((each) => withExamples(each, worked)) : plain;
  const spec: ReasoningSpec = {
    models,
    questions,
    ...sourceOf(given.questions),
    arms,
    samples: given.samples,
    sampler: { ...plainSampler, ...definedOnly(given.sampler) },
    seed: given.seed,
    grader,
    chat: given.chat,
    ...(given.system !== undefined && { system: given.system }),
    ...(given.tokenBudget !== undefined && { tokenBudget: given.tokenBudget }),
  };
  const expect = given.expect.map(({ model: named, ...each }) => ({
    ...each,
    ...(named !== undefined && { model: modelId(named) }),
  }));
  // What is not run would be expected in vain: nothing could ever break it.
  for (const { arm: id, model: named } of expect) {
    if (!arms.some((each) => each.id === id))
      throw new InputError(`${file}: expect names the arm “${id}”, which is not run.`);
    if (named !== undefined && !models.includes(named))
      throw new InputError(
        `${file}: expect names the model “${named}”, which is not run: that is ${models.join(", ")}.`,
      );
  }
  // In the schema's own order of keys, as a saved run has it: the two are compared as text.
  return { spec: v.parse(reasoningSpec, spec), expect };
}

type Given = v.InferOutput<typeof fileSpec>["questions"];

async function questionsOf(given: Given, file: string): Promise<Question[]> {
  if (typeof given === "string") {
    const beside = path.resolve(path.dirname(file), given);
    const text = await readText(beside);
    return inFile(beside, () => readQuestions(text, beside));
  }
  if (Array.isArray(given)) return given;
  try {
    return generatedQuestions([given.generate].flat());
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${file}: questions: ${error.message}`);
    throw error;
  }
}

/** Meaning is judged by the first model itself where the spec names no other. */
function graderOf(
  given: v.InferOutput<typeof fileSpec>["grader"],
  questions: readonly Question[],
  model: string,
): Grader {
  if (given === undefined) return fittingGrader(questions);
  if (given === "meaning") return { kind: "meaning", judge: model };
  if (typeof given === "string") return { kind: given };
  return given.kind === "meaning" ? { ...given, judge: modelId(given.judge) } : given;
}

/** What a report says of where the questions came from. */
function sourceOf(given: Given): Pick<ReasoningSpec, "source"> {
  if (typeof given === "string") return { source: { kind: "file", name: path.basename(given) } };
  return Array.isArray(given) ? {} : { source: { kind: "generated", sets: [given.generate].flat() } };
}

function defaultArm(id: string, grader: Grader, file: string): ReasoningSpec["arms"][number] {
  const offered = armsFor(grader);
  const thinking = thinkingArmOf(id);
  const found = offered.find((each) => each.id === (thinking ?? id));
  if (found) return thinking === undefined ? found : withoutThinking(found, {});
  const all = offered.map((each) => each.id).join(", ");
  throw new InputError(`${file}: there is no arm “${id}”. There are: ${all}; or write one out.`);
}

function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file} is not valid JSON: ${(error as Error).message}`);
  }
}

/** Whether a file is there: a run that goes on. */
export async function existing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new InputError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
