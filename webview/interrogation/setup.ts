/** What a person sets before an interrogation: plain data, kept by the webview over a reload; the host makes the spec of it. */
import * as v from "valibot";
import { interrogationSpec } from "../../src/experiments/interrogation/spec";
import { forecastView as forecast } from "../runs/state";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const uri = v.string();

export const source = v.variant("kind", [
  /** Nothing was chosen yet. */
  v.object({ kind: v.literal("none") }),
  /** Texts, cut into snippets; a file's name for people. */
  v.object({
    kind: v.literal("files"),
    files: v.pipe(v.array(v.object({ uri, name: v.string() })), v.minLength(1)),
  }),
  /** The texts in a folder and those below it. */
  v.object({ kind: v.literal("folder"), uri, name: v.string() }),
  /** A JSONL or CSV file of facts, each with its own question and answer. */
  v.object({ kind: v.literal("facts"), uri, name: v.string() }),
  /** The texts of the run that is shown. */
  v.object({ kind: v.literal("run") }),
]);
export type Source = v.InferOutput<typeof source>;

/** Who asks: a model, rules made of the text's own sentences, or the person, by hand. */
export const asker = v.picklist(["writer", "rules", "hand"]);
export type Asker = v.InferOutput<typeof asker>;

export const setup = v.object({
  source,
  /** Id of the model that is asked. */
  probed: v.string(),
  asker,
  /** Id of the model that writes the questions; kept while others ask. Null: not chosen. */
  writer: v.nullable(v.string()),
  /** Id of the model that marks answers whose words do not say; null where words alone decide. */
  judge: v.nullable(v.string()),
  /** Most tokens of a snippet. */
  snippetTokens: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(8192)),
  /** Most questions about a snippet. */
  questionsEach: v.pipe(positive, v.maxValue(50)),
  /** Answers to each question. */
  samples: v.pipe(positive, v.maxValue(100)),
  sampler: interrogationSpec.entries.sampler,
  seed: interrogationSpec.entries.seed,
  /** Of an answer. */
  maxTokens: v.pipe(positive, v.maxValue(4096)),
  /** Whether a model with a chat template is asked in it. */
  chat: v.boolean(),
  /** Share of right answers, or of wrong ones, from which a question counts as consistent. */
  consistent: interrogationSpec.entries.consistent,
});
export type Setup = v.InferOutput<typeof setup>;

/** The texts the setup comes to, cut. */
export const sourceView = v.object({
  /** "chaplin.md", "12 files in docs", "40 facts in facts.jsonl": shown as it is; empty while nothing is chosen. */
  label: v.string(),
  files: v.array(v.object({ name: v.string(), snippets: natural, characters: natural })),
  snippets: natural,
  /** Counted by this tokenizer. */
  tokenizer: v.string(),
  /** Files that are left out, each with the reason: "binary", "too large: 12 MB". */
  refused: v.array(v.object({ name: v.string(), why: v.string() })),
  /** Why there is nothing to ask about, or less than was asked for; null when all is well. */
  problem: v.nullable(v.string()),
  /** Being listed, read and cut. */
  looking: v.boolean(),
});
export type SourceView = v.InferOutput<typeof sourceView>;

/** What a run costs, before it starts: estimates, shown with ≈. */
export const forecastView = v.object({
  questions: natural,
  /** Of the probed model; what writer and judge write is not counted. */
  ...forecast.entries,
});
export type ForecastView = v.InferOutput<typeof forecastView>;
