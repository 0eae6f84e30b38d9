/** What the panels of all experiments show of work with models, as schemas that both halves check and types both read. */
import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is being done; the panel shows it with a Cancel button. */
export const busy = v.object({
  /** "Loading the model", "Asking what comes next": shown as it is. */
  message: v.string(),
  /** 0 to 1; null when it cannot be known. */
  fraction: v.nullable(v.number()),
});
export type Busy = v.InferOutput<typeof busy>;

/** What went wrong or stands in the way, with what to do about it. */
export const problem = v.object({
  /** "error": something failed. "note": nothing is wrong, but something is missing (an untrusted folder, no prompt). */
  kind: v.picklist(["error", "note"]),
  message: v.string(),
  /** Last lines of a log; null for none. */
  details: v.nullable(v.string()),
  /** Buttons: "retry" and "restart" call `retry`, "pickModel" `pickModel` for the model, "trust" `manageTrust`; every error has "Show log". */
  actions: v.array(v.picklist(["retry", "restart", "pickModel", "trust"])),
  /** Id of the model it is about; null where it is about none, or that is not known. */
  model: v.nullable(v.string()),
});
export type Problem = v.InferOutput<typeof problem>;

/** How far a run is, while answers come. */
export const running = v.object({
  /** Answers or questions, whatever the experiment counts. */
  done: natural,
  total: natural,
  /** Sampled in all. */
  tokens: natural,
  tokensPerSecond: v.nullable(v.number()),
  /** Null until there is something to tell from. */
  secondsLeft: v.nullable(v.number()),
});
export type Running = v.InferOutput<typeof running>;

/** What a run costs, before it starts: estimates, shown with ≈. */
export const forecastView = v.object({
  /** Answers still to come, and the tokens they will have; prompts are not counted. */
  answers: natural,
  tokens: natural,
  /** Null where no speed is known yet. */
  seconds: v.nullable(v.number()),
  /** How sure it is and what it rests on, for the tooltip. */
  basis: v.string(),
});
export type ForecastView = v.InferOutput<typeof forecastView>;

const missing = v.nullable(v.string());

/** What a panel shows of a model. */
export const modelView = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["builtIn", "gguf", "served", "editor"]),
  /** "CPU, 1 thread" and the like; empty when unknown. */
  build: v.string(),
  /** False: the model of a saved run is not here. */
  present: v.boolean(),
  /** Why it cannot, in words; null when it can, and before it was loaded. */
  missing: v.object({
    sample: missing,
    chat: missing,
    text: missing,
    /** "When does it know". */
    score: missing,
    /** Tint by probability. */
    logProbs: missing,
    seeds: missing,
  }),
});
export type ModelView = v.InferOutput<typeof modelView>;

/** What every panel says of the run that is shown. */
export const runEntries = {
  /** Where it is saved by itself. */
  file: v.object({ name: v.string(), uri: v.string() }),
  /** ISO 8601. */
  created: v.string(),
  /** What it is about: "200 questions, generated: …". */
  label: v.string(),
  /** What came, of how much; what could not be asked counts as come. */
  done: natural,
  total: natural,
  /** Null while it goes on or was interrupted (`running` tells which). */
  ended: v.nullable(v.picklist(["done", "stopped"])),
  /** False: `setup` says something else than what was run. */
  asSetUp: v.boolean(),
} as const;
const runFacts = v.object(runEntries);
export type RunFacts = v.InferOutput<typeof runFacts>;

/** What a grader, or a person, says of an answer. */
export const verdict = v.picklist(["right", "wrong", "unparsed", "refused"]);
export type Verdict = v.InferOutput<typeof verdict>;

/** A saved run in the list of the newest. */
const recentRun = v.object({
  uri: v.string(),
  /** Of its file. */
  name: v.string(),
  /** What it is about. */
  label: v.string(),
  /** ISO 8601. */
  when: v.string(),
});
export type RecentRun = v.InferOutput<typeof recentRun>;

/** What every panel shows besides its runs. */
export const panelEntries = {
  /** Runs in the folder, newest first, for the empty state. */
  recent: v.array(recentRun),
  /** The folder runs are saved in, in words. */
  folder: v.string(),
  busy: v.nullable(busy),
  problem: v.nullable(problem),
} as const;

/** What a list is filtered by, and how many rows that leaves. */
export function listEntries<Filter extends v.GenericSchema<string, string>>(filter: Filter) {
  return {
    filter,
    /** Text that a row must hold. */
    query: v.string(),
    /** Rows of each filter, whatever the query. */
    counts: v.record(filter, natural),
    /** Rows that filter and query leave. */
    total: natural,
    /** Rises when rows may have changed: ask for those in view again. */
    version: natural,
  } as const;
}
