/**
 * Everything the panel of sharp edges and its host say to each other, as schemas that both check and types that both read.
 *
 * The host owns the run (spec, events, report) and its file; it sends the state in parts, each whole, whenever they change.
 * The grid is small and comes whole; the cases of the cell in hand come in pages, and one of them with all its tokens.
 */
import * as v from "valibot";
import { exportCalls, panelStateOf, rememberCall, runCalls, startCall } from "../runs/calls";
import { forecastView, modelView, panelEntries, runEntries, running } from "../runs/state";
import { cellPage, filterKind, now, streamed } from "./cases";
import { cellId, changes, grid } from "./grid";
import { offeredSuite, setup, setupChange } from "./setup";

const nothing = v.optional(v.null());
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The run that is shown. */
const run = v.object({
  /** `done` and `total` count answers. */
  ...runEntries,
  models: v.array(modelView),
  suites: v.array(v.object({ id: v.string(), name: v.string(), why: v.string() })),
  samples: natural,
  /** For the tooltip: sampler, seed in words. */
  settings: v.string(),
  /** Sampled so far. */
  tokens: natural,
});
export type RunView = v.InferOutput<typeof run>;

/** Everything the panel shows. `update` sends any of these parts, each whole; parts that are not sent stay. */
export const suitesState = v.object({
  setup,
  /** Models of the setup. */
  models: v.array(modelView),
  /** Suites there are, ready ones first; null while they are looked for. */
  offered: v.nullable(v.array(offeredSuite)),
  forecast: v.nullable(forecastView),
  canUndo: v.boolean(),
  /** Null before the first run: the empty state. */
  run: v.nullable(run),
  running: v.nullable(running),
  grid: v.nullable(grid),
  /** The cases of the cell in hand. */
  page: v.nullable(cellPage),
  /** Answers as they come: to the open case, or where none is open to the one that was begun first. */
  now: v.nullable(now),
  changes: v.nullable(changes),
  ...panelEntries,
  /** Which files of the workspace are suites of a person's own: the setting's glob. */
  glob: v.string(),
});
export type SuitesState = v.InferOutput<typeof suitesState>;

/** What VS Code keeps of a panel over a reload. */
export const panelState = panelStateOf(setup);

/** Offered by the extension host. Changes come back through `update`, errors as `problem`. */
export const hostContract = {
  start: startCall(setup),
  ...runCalls,
  ...exportCalls,

  /** Asks the person for a model, in place of the one at that index; null for one more. */
  pickModel: { args: v.tuple([v.nullable(natural)]), result: nothing },
  /** By its index. */
  removeModel: { args: v.tuple([natural]), result: nothing },
  change: { args: v.tuple([setupChange]), result: nothing },
  /** A file of a person's own cases, through a dialog. */
  openSuite: { args: v.tuple([]), result: nothing },
  /** Writes a file to start from, and opens it. */
  writeStarter: { args: v.tuple([]), result: nothing },
  /** The file of an own suite, in a text editor; by its id. */
  editSuite: { args: v.tuple([v.string()]), result: nothing },

  /** Shows the cases of a cell; null closes them. */
  openCell: { args: v.tuple([v.nullable(cellId)]), result: nothing },
  setList: { args: v.tuple([v.object({ filter: filterKind, from: natural })]), result: nothing },
  /** By its place in the filtered list. */
  openCase: { args: v.tuple([natural]), result: nothing },
  /** A person's own verdict on an answer of the open case; null takes it back. */
  correct: {
    args: v.tuple([v.object({ item: v.string(), sample: natural, right: v.nullable(v.boolean()) })]),
    result: nothing,
  },

  /** "last": the newest earlier run that asked some of the same; "pick": a run of a person's choice. */
  compareWith: { args: v.tuple([v.picklist(["last", "pick", "none"])]), result: nothing },
} as const;

/** Offered by the panel. */
export const panelContract = {
  update: { args: v.tuple([v.partial(suitesState)]), result: nothing },
  streamed: { args: v.tuple([v.array(streamed)]), result: nothing },
  remember: rememberCall(setup),
} as const;
