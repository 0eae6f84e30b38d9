/**
 * Everything the interrogation panel's two halves say to each other, as schemas that both check and types that both read.
 *
 * The host owns the run (spec, events, report) and its file; it sends the state in parts, each whole, whenever they change.
 * Rows of the review are asked for in windows (`rows`, when `list.version` rises or the list scrolls), one question comes
 * whole (`openQuestion` -> `page`), and the text of one file at a time (`openFile` -> `document`; its `heat` comes apart,
 * since it changes while answers come).
 *
 * What a person does to a question is an event of the run: kept in its file, and taken back by `undo`, also after a reload.
 */
import * as v from "valibot";
import { mark } from "../../src/experiments/interrogation/spec";
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
import { modelView, panelEntries, runEntries } from "../runs/state";
import { exportOptions, exportView, figures } from "./figures";
import {
  answerId,
  documentView,
  filesView,
  filterKind,
  heatView,
  listView,
  questionPage,
  reviewRow,
  streamed,
} from "./review";
import { asker, forecastView, setup, sourceView } from "./setup";

const nothing = v.optional(v.null());
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const line = v.pipe(v.string(), v.minLength(1), v.maxLength(10_000));

/** Models of a setup or of a run. */
const models = v.object({ probed: modelView, writer: v.nullable(modelView), judge: v.nullable(modelView) });

/** The run that is shown. */
const run = v.object({
  /** `done` and `total` count answers that were marked; `total` grows as questions are written. */
  ...runEntries,
  models,
  asker,
  snippets: natural,
  samples: positive,
  /** For the tooltip: sampler, seed, snippets, and from when on an answer counts as consistent, in words. */
  settings: v.string(),
  /** Snippets whose questions are all there. */
  written: natural,
  questions: natural,
  /** Sampled so far. */
  tokens: natural,
});
export type RunView = v.InferOutput<typeof run>;

/** While questions are written and answered. */
const running = v.object({
  snippets: v.object({ done: natural, total: natural }),
  /** Answers marked, of all there will be: ≈ while questions are still being written. */
  done: natural,
  total: natural,
  tokens: natural,
  tokensPerSecond: v.nullable(v.number()),
  /** ≈; null until there is something to tell from. */
  secondsLeft: v.nullable(v.number()),
  /** Where in the text it is; null at the beginning. */
  at: v.nullable(v.object({ file: v.string(), line: positive })),
});
export type Running = v.InferOutput<typeof running>;

/** Everything the panel shows. `update` sends any of these parts, each whole; parts that are not sent stay. */
export const interrogationState = v.object({
  setup,
  /** Models of the setup. */
  models,
  source: sourceView,
  /** Null while there is nothing to ask about. */
  forecast: v.nullable(forecastView),
  /** Whether the setup can be taken back a step. */
  canUndo: v.boolean(),
  /** Null before the first run: the empty state. */
  run: v.nullable(run),
  running: v.nullable(running),
  figures: v.nullable(figures),
  export: v.nullable(exportView),
  files: filesView,
  /** The text of one file; null without a run. */
  document: v.nullable(documentView),
  heat: heatView,
  list: v.nullable(listView),
  page: v.nullable(questionPage),
  /** What `undo` would take back, in words ("Dropped “Who kept …?”"); null where there is nothing. */
  undo: v.nullable(v.string()),
  ...panelEntries,
});
export type InterrogationState = v.InferOutput<typeof interrogationState>;

/** What the panel remembers over a reload: the host's part as it was told, and the view's own, opaque to the host. */
export const panelState = panelStateOf(setup);

const role = v.picklist(["probed", "writer", "judge"]);
export type Role = v.InferOutput<typeof role>;

/** Fields of the setup that are changed at once; `undoSetup` takes one such change back. */
const setupChange = v.partial(v.omit(setup, ["source", "probed", "writer", "judge"]));
export type SetupChange = v.InferOutput<typeof setupChange>;

/** Offered by the extension host. Changes come back through `update`, errors as `problem`. */
export const hostContract = {
  start: startCall(setup),
  /** `goOn` asks what is still to be asked: the rest of the run, and questions that were fixed or added by hand. */
  ...runCalls,
  ...copyCalls,
  ...exportCalls,
  ...listCalls(filterKind, reviewRow),

  /**
   * Asks the person for the texts: a file, a folder, a file of facts, or what the last text editor shows. "example" asks
   * nobody: it is texts/people-and-places.md of the sample workspace in the extension's media/.
   */
  chooseSource: { args: v.tuple([v.picklist(["editor", "files", "folder", "facts", "example"])]), result: nothing },
  /** Asks the person for a model (VS Code's own list). Choosing a writer makes it the asker. */
  pickModel: { args: v.tuple([role]), result: nothing },
  /** No judge: words alone decide. No writer: rules ask. */
  removeModel: { args: v.tuple([v.picklist(["writer", "judge"])]), result: nothing },
  change: { args: v.tuple([setupChange]), result: nothing },

  /** So many more answers to each question, in the same run. */
  drawMore: { args: v.tuple([v.pipe(positive, v.maxValue(100))]), result: nothing },
  forecastMore: { args: v.tuple([v.pipe(positive, v.maxValue(100))]), result: v.nullable(forecastView) },

  /** Shows another of the run's files in `document` and `heat`. */
  openFile: { args: v.tuple([v.string()]), result: nothing },
  /** Shows a place of a file in a text editor; the file must still be there. */
  showInEditor: { args: v.tuple([v.object({ file: v.string(), line: positive })]), result: nothing },

  /** By its id; null closes the page. Shows its file in `document` too. */
  openQuestion: { args: v.tuple([v.nullable(v.string())]), result: nothing },
  /** So many rows on from the open question (or to the first): +1 next, -1 previous. */
  step: { args: v.tuple([v.pipe(v.number(), v.integer())]), result: nothing },

  /** Accepts or drops; null takes the review back. Of the open question the list's next one is opened then. */
  review: {
    args: v.tuple([v.object({ question: v.string(), as: v.nullable(v.picklist(["accepted", "dropped"])) })]),
    result: nothing,
  },
  /** Another wording or answer. Rejects with a message for the field. A new wording waits for `goOn`, which comes by itself where models are at hand. */
  fix: { args: v.tuple([v.object({ question: v.string(), text: line, answer: line })]), result: nothing },
  /** A person's own mark; null takes it back. */
  mark: {
    args: v.tuple([v.object({ question: v.string(), sample: natural, mark: v.nullable(mark) })]),
    result: nothing,
  },
  /** A question of the person's own about a line of a file. Rejects with a message for the field. */
  addQuestion: {
    args: v.tuple([v.object({ file: v.string(), line: positive, text: line, answer: line })]),
    result: nothing,
  },
  /** An answer's tokens, for tinting; none where the run was saved before they were recorded. */
  tokensOf: { args: v.tuple([answerId]), result: answerTokens },
  /** Takes back the last thing a person did to the run's questions. */
  undo: { args: v.tuple([]), result: nothing },

  setExport: { args: v.tuple([exportOptions]), result: nothing },
  /** Writes the data set into a folder the person chooses; asks before anything there is overwritten. */
  exportDataSet: { args: v.tuple([]), result: nothing },
  /** Colours the run's files in the text editor by what is known, or takes the colours away. */
  showHeat: { args: v.tuple([v.boolean()]), result: nothing },
} as const;

/** Offered by the panel. */
export const panelContract = {
  update: { args: v.tuple([v.partial(interrogationState)]), result: nothing },
  streamed: { args: v.tuple([v.array(streamed)]), result: nothing },
  remember: rememberCall(setup),
  /** The palette's command: opens the open question's fields for fixing. */
  fixOpen: { args: v.tuple([]), result: nothing },
} as const;
