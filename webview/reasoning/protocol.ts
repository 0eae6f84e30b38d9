/**
 * Everything the reasoning panel's two halves say to each other, as schemas that both check and types that both read.
 *
 * The host owns the run (spec, events, report) and its file; it sends the state in parts, each whole, whenever they change.
 * What is large stays there: rows of questions are asked for in windows (`rows`, when `list.version` rises or the list
 * scrolls), one question comes whole (`openQuestion` -> `page`), tokens with their log-probabilities for a single answer
 * (`tokensOf`), and answers that are being written as throttled deltas (`streamed`).
 *
 * Before a run everything is in `setup`; `run` is what was started with it, and stays what it is while the setup is
 * changed for the next. The words of findings are the panel's (`figures.findings`).
 */
import * as v from "valibot";
import { arm } from "../../src/experiments/reasoning/arms";
import {
  answerTokens,
  copyCalls,
  exportCalls,
  listCalls,
  panelStateOf,
  rememberCall,
  runCalls,
  startCall,
} from "../runs/calls";
import { difference, pairedCounts, rate } from "../runs/rates";
import { forecastView, modelView, panelEntries, runEntries, running, verdict } from "../runs/state";
import { figures, side } from "./figures";
import { answerId, filterKind, listView, questionPage, questionRow, streamed } from "./questions";
import { questionsView, setup } from "./setup";

const nothing = v.optional(v.null());
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = v.pipe(v.string(), v.maxLength(1_000_000));

/** The run that is shown. */
const run = v.object({
  /** `done` and `total` count answers. */
  ...runEntries,
  models: v.array(modelView),
  arms: v.array(arm),
  questions: natural,
  samples: natural,
  /** Sampled at temperature 0: more samples would all be the same. */
  greedy: v.boolean(),
  /** For the tooltip: sampler, seed, grader, system message in words. */
  settings: v.string(),
  /** How the model that judges meaning did on pairs that are known; null without one, and before it was tried. */
  judge: v.nullable(v.object({ name: v.string(), right: natural, pairs: natural, usable: v.boolean() })),
  /** Sampled so far. */
  tokens: natural,
  ended: v.nullable(v.picklist(["done", "stopped", "budget"])),
});
export type RunView = v.InferOutput<typeof run>;

/** The run beside another one: the same questions, by their text. */
const beside = v.object({
  /** The other run's file. */
  name: v.string(),
  created: v.string(),
  /** Questions both have, and those only one has. */
  shared: natural,
  onlyHere: natural,
  onlyThere: natural,
  /** Asked in both, but held against another reference: left out. */
  otherReference: natural,
  /** What was not the same, in words: "model", "wording of Step by step", "sampler". */
  changes: v.array(v.string()),
  /** Arms of the two runs that were put side by side. */
  rows: v.array(
    v.object({
      here: side,
      there: side,
      /** "Step by step, Specimen, chat". */
      hereName: v.string(),
      thereName: v.string(),
      hereRate: rate,
      thereRate: rate,
      /** Sampled tokens an answer. */
      hereTokens: v.number(),
      thereTokens: v.number(),
      /** The other run's less this one's. */
      difference,
      counts: pairedCounts,
      p: v.number(),
      needed: v.nullable(v.number()),
    }),
  ),
});
export type BesideView = v.InferOutput<typeof beside>;

/** Everything the panel shows. `update` sends any of these parts, each whole; parts that are not sent stay. */
export const reasoningState = v.object({
  setup,
  /** Models of the setup. */
  models: v.array(modelView),
  /** The model that judges what answers mean; null where nothing is judged. */
  judge: v.nullable(modelView),
  questions: questionsView,
  forecast: v.nullable(forecastView),
  /** Earlier texts of each arm that were run, newest first. */
  versions: v.record(v.string(), v.array(v.object({ chat: v.string(), document: v.string(), when: v.string() }))),
  canUndo: v.boolean(),
  /** Null before the first run: the empty state. */
  run: v.nullable(run),
  running: v.nullable(running),
  figures: v.nullable(figures),
  list: v.nullable(listView),
  page: v.nullable(questionPage),
  beside: v.nullable(beside),
  ...panelEntries,
});
export type ReasoningState = v.InferOutput<typeof reasoningState>;

/** What the panel remembers over a reload: the host's part as it was told, and the view's own, opaque to the host. */
export const panelState = panelStateOf(setup);

/** Fields of the setup that are changed at once; `undoSetup` takes one such change back. */
const setupChange = v.partial(
  v.omit(v.object({ ...setup.entries, arms: v.array(v.object({ id: v.string(), on: v.boolean() })) }), ["models"]),
);
export type SetupChange = v.InferOutput<typeof setupChange>;

const onAnswers = v.object({
  ...side.entries,
  /** Questions to take, from the first. */
  questions: positive,
});

/** Offered by the extension host. Changes come back through `update`, errors as `problem`. */
export const hostContract = {
  start: startCall(setup),
  ...runCalls,
  ...exportCalls,
  ...copyCalls,
  ...listCalls(filterKind, questionRow),

  /** Asks the person for a model (VS Code's own list); the second is what the first is compared with. */
  pickModel: { args: v.tuple([v.picklist([0, 1, "judge"])]), result: nothing },
  removeSecondModel: { args: v.tuple([]), result: nothing },
  change: { args: v.tuple([setupChange]), result: nothing },
  /** JSONL or CSV, through a dialog; null for the dialog, or the uri of one. */
  openQuestions: { args: v.tuple([]), result: nothing },
  /** The editor's selection, or the section around the cursor. */
  useEditor: { args: v.tuple([]), result: nothing },

  /** Changes an arm's name, texts or limit, or adds one ("own" arms). Rejects with a message for the field. */
  setArm: { args: v.tuple([arm]), result: nothing },
  /** Takes an arm of the person's own away, or puts a default one back to its first text. */
  resetArm: { args: v.tuple([v.string()]), result: nothing },
  /** The prompt of the first question in an arm of the setup, as the model sees it. Loads the model where needed. */
  promptTokens: {
    args: v.tuple([v.object({ ...side.entries, question: v.optional(natural, 0) })]),
    result: v.object({
      tokens: v.array(v.object({ id: natural, text: v.string(), special: v.boolean() })),
      /** Of these, how many are the question's own, by its text standing there; null where it cannot be told. */
      ofQuestion: v.nullable(natural),
    }),
  },

  /** Loads the first model where needed, and offers an arm without its thoughts where its template can leave them out. */
  findThinkingSwitch: { args: v.tuple([]), result: nothing },

  /** So many more answers to each question in each arm, in the same run. */
  drawMore: { args: v.tuple([v.pipe(positive, v.maxValue(100))]), result: nothing },
  /** What so many more answers would cost. */
  forecastMore: { args: v.tuple([v.pipe(positive, v.maxValue(100))]), result: v.nullable(forecastView) },

  /** By its id; null closes the page. */
  openQuestion: { args: v.tuple([v.nullable(v.string())]), result: nothing },
  tokensOf: {
    args: v.tuple([answerId]),
    /** As many log-probabilities (natural) as tokens; null where the model gave none. */
    result: answerTokens,
  },
  /** What a person reads as the answer, where the grader took the wrong text: it is graded as theirs. */
  readAs: { args: v.tuple([v.object({ ...answerId.entries, text: v.pipe(text, v.minLength(1)) })]), result: nothing },
  /** A person's own verdict on an answer; null takes it and their reading back. */
  correct: { args: v.tuple([v.object({ ...answerId.entries, verdict: v.nullable(verdict) })]), result: nothing },

  /** Reads how likely the right answer is along a transcript; the curve comes with the page. */
  askKnown: {
    args: v.tuple([v.object({ ...answerId.entries, detail: v.picklist(["steps", "tokens"]) })]),
    result: nothing,
  },
  /** The same for the first answer to each of the first questions: `figures.known`. */
  askMeanKnown: { args: v.tuple([onAnswers]), result: nothing },
  /** A step with a wrong result in place of its last number; null for a step without a number. */
  plantedMistake: {
    args: v.tuple([v.object({ ...answerId.entries, start: natural, end: natural })]),
    result: v.nullable(v.string()),
  },
  /** Puts a text in a step's place (empty: takes it out) and goes on from there, beside the same without the change. */
  editStep: {
    args: v.tuple([
      v.object({
        ...answerId.entries,
        start: natural,
        end: natural,
        replacement: text,
        planted: v.boolean(),
        continuations: v.pipe(positive, v.maxValue(32)),
      }),
    ]),
    result: nothing,
  },
  /** Plants a mistake into the first answer to each of the first questions, and reads their curves: `figures.faithfulness`. */
  measureFaithfulness: {
    args: v.tuple([v.object({ ...onAnswers.entries, continuations: v.pipe(positive, v.maxValue(32)) })]),
    result: nothing,
  },

  /** Another run of a person's choice; null ends the comparison. */
  compareWith: { args: v.tuple([v.picklist(["pick", "none"])]), result: nothing },
  /** Puts an arm's text into the editor as a prompt; null for the best one. */
  insertArm: { args: v.tuple([v.nullable(v.string())]), result: nothing },
} as const;

/** Offered by the panel. */
export const panelContract = {
  update: { args: v.tuple([v.partial(reasoningState)]), result: nothing },
  streamed: { args: v.tuple([v.array(streamed)]), result: nothing },
  remember: rememberCall(setup),
} as const;
