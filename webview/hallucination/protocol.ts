/**
 * Everything the panel "Does it know, or make it up" and its host say to each other, as schemas that both check and types
 * that both read.
 *
 * The host owns the run (spec, events, report) and its file; it sends the state in parts, each whole, whenever they change.
 * Rows of questions are asked for in windows (`rows`, when `list.version` rises or the list scrolls), one question comes
 * whole (`openItem` -> `page`; with a single question of the person's it is opened by itself), tokens of a sampled answer
 * and the judgements of pairs on demand.
 *
 * Before a run everything is in `setup`; `run` is what was started with it, and stays what it is while the setup is changed
 * for the next. A calibration is a run whose source says so: `calibration` has its tables, also of the last one that was
 * made of the model set up.
 */
import * as v from "valibot";
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
import { forecastView, modelView, panelEntries, runEntries, running } from "../runs/state";
import { calibration, figures } from "./figures";
import { answerId, cellId, filterKind, itemPage, itemRow, judgement, listView, streamed } from "./items";
import { asked, setup } from "./setup";

const nothing = v.optional(v.null());
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(1_000_000));

/** The run that is shown. */
const run = v.object({
  /** `done` and `total` count questions, each in each of its books. */
  ...runEntries,
  kind: v.picklist(["probe", "calibration"]),
  probed: modelView,
  /** Null: words alone. */
  judge: v.nullable(modelView),
  /** Null: a person or rules wrote the questions. */
  writer: v.nullable(modelView),
  /** The person's questions, and the controls. */
  questions: natural,
  known: natural,
  invented: natural,
  samples: natural,
  /** Of the invented names; null where it was not kept. */
  controlSeed: v.nullable(natural),
  /** For the tooltip: sampler, seed, system message in words. */
  settings: v.string(),
  /** Sampled so far. */
  tokens: natural,
});
export type RunView = v.InferOutput<typeof run>;

/** Everything the panel shows. `update` sends any of these parts, each whole; parts that are not sent stay. */
export const probeState = v.object({
  setup,
  /** Of the setup: probed, judge and writer; null where it is nobody. "Same as probed" is the probed one again. */
  models: v.object({ probed: modelView, judge: v.nullable(modelView), writer: v.nullable(modelView) }),
  asked,
  forecast: v.nullable(forecastView),
  canUndo: v.boolean(),
  /** Null before the first run: the empty state. */
  run: v.nullable(run),
  running: v.nullable(running),
  figures: v.nullable(figures),
  list: v.nullable(listView),
  page: v.nullable(itemPage),
  /** Of the run where it is a calibration, else the last one of the model set up; null where there is none. */
  calibration: v.nullable(calibration),
  /** A correction can be taken back. */
  canUndoCorrection: v.boolean(),
  ...panelEntries,
});
export type ProbeState = v.InferOutput<typeof probeState>;

/** What the panel remembers over a reload: the host's part as it was told, and the view's own, opaque to the host. */
export const panelState = panelStateOf(setup);

/** Fields of the setup that are changed at once; `undoSetup` takes one such change back. */
const setupChange = v.partial(v.omit(setup, ["model", "judge", "writer"]));
export type SetupChange = v.InferOutput<typeof setupChange>;

/** Offered by the extension host. Changes come back through `update`, errors as `problem`. */
export const hostContract = {
  start: startCall(setup),
  ...runCalls,
  ...exportCalls,
  ...copyCalls,
  ...listCalls(filterKind, itemRow),

  /** Asks the person for a model (VS Code's own list). */
  pickModel: { args: v.tuple([v.picklist(["probed", "judge", "writer"])]), result: nothing },
  /** The judge or writer is the probed model, or nobody. */
  setHelper: { args: v.tuple([v.picklist(["judge", "writer"]), v.picklist(["same", "none"])]), result: nothing },
  change: { args: v.tuple([setupChange]), result: nothing },
  /** JSONL or CSV, through a dialog. */
  openQuestions: { args: v.tuple([]), result: nothing },
  /** The claims of the editor's selection, or of the whole file where nothing is selected; rules write their questions. */
  useEditor: { args: v.tuple([]), result: nothing },
  /** The claims of a text that was pasted. */
  useText: { args: v.tuple([text]), result: nothing },
  /** The writer writes the questions of the claims that are on; those by hand stay. Progress is `busy`. */
  writeQuestions: { args: v.tuple([]), result: nothing },
  /** The open book: the editor's selection, or its file, or one through a dialog. A pasted one comes by `change`. */
  pickPage: { args: v.tuple([v.picklist(["editor", "file"])]), result: nothing },

  /** Sets a calibration of the model up and runs it; the tables come as `calibration`. */
  calibrate: { args: v.tuple([]), result: nothing },

  /** By its id; null closes the page. */
  openItem: { args: v.tuple([v.nullable(v.string())]), result: nothing },
  tokensOf: {
    args: v.tuple([answerId]),
    /** As many log-probabilities (natural) as tokens; null where the model gave none. */
    result: answerTokens,
  },
  /**
   * Pairs of answers with what was said of them: those that judge or person spoke of first, then those of the same words,
   * then those nobody needed to ask about; 2,000 at most.
   */
  judgements: { args: v.tuple([cellId]), result: v.array(judgement) },
  /** A person's own mark of an answer; null takes it back. What follows from it is computed anew. */
  correct: {
    args: v.tuple([
      v.object({ ...answerId.entries, mark: v.picklist(["right", "refusal"]), value: v.nullable(v.boolean()) }),
    ]),
    result: nothing,
  },
  /** A person's own judgement of two answers; null takes it back. */
  correctPair: {
    args: v.tuple([v.object({ ...cellId.entries, first: natural, second: natural, same: v.nullable(v.boolean()) })]),
    result: nothing,
  },
  /** Puts a sampled answer, with those of its very words, to the meaning of another one; null gives it one of its own. */
  moveAnswer: {
    args: v.tuple([v.object({ ...cellId.entries, sample: natural, to: v.nullable(natural) })]),
    result: nothing,
  },
  undoCorrection: { args: v.tuple([]), result: nothing },
} as const;

/** Offered by the panel. */
export const panelContract = {
  update: { args: v.tuple([v.partial(probeState)]), result: nothing },
  streamed: { args: v.tuple([v.array(streamed)]), result: nothing },
  remember: rememberCall(setup),
} as const;
