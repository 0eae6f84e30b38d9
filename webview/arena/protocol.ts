/**
 * Everything the arena's two halves say to each other, as schemas that both check and types that both read.
 *
 * The host owns the run (spec, events, report) and its file; it sends the state in parts, each whole, whenever they change.
 * Who wrote what is not in these messages before it may be said: a pair is named by its place in the list of pairs, its
 * sides by "left" and "right", and numbers of tokens, reasons of an end and the run's file come with the names. Answers of
 * a pair come together, and progress counts pairs, so that no answer's time can be told.
 */
import * as v from "valibot";
import { answerId, type Choice, choices, contestant, names, stopReason } from "../../src/experiments/arena/spec";
import { answerTokens, exportCalls, panelStateOf, rememberCall, runCalls, startCall } from "../runs/calls";
import { panelEntries, runEntries, running } from "../runs/state";
import { contestantSetup, cost, modelView, prompts, promptsView, setup } from "./setup";

const nothing = v.optional(v.null());
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const choice = v.picklist(choices);

export type { Choice };

/** The run that is shown. */
const run = v.object({
  /** `done` and `total` count pairs that are written, or answers where names are shown. */
  ...runEntries,
  file: v.object({
    ...runEntries.file.entries,
    /** It may be read as text: nothing in it is hidden any more. */
    open: v.boolean(),
  }),
  contestants: v.array(v.object({ id: v.string(), name: v.string(), model: v.string(), asked: contestant })),
  names,
  prompts: natural,
  rounds: natural,
  seed: natural,
  /** All answers that can come are there. */
  complete: v.boolean(),
});
export type RunView = v.InferOutput<typeof run>;

/** What the names of a pair come with. */
const named = v.object({
  answer: answerId,
  name: v.string(),
  tokens: natural,
  reason: stopReason,
});

/** A pair on the screen. */
const pair = v.object({
  place: natural,
  prompt: v.string(),
  left: v.string(),
  right: v.string(),
  choice: v.nullable(choice),
  /** Null until it may be said who wrote what. */
  revealed: v.nullable(v.object({ left: named, right: named })),
});
export type PairView = v.InferOutput<typeof pair>;

/** How far voting is. */
const voting = v.object({
  /** Pairs that want a vote or have one, of those that are written. */
  wanted: natural,
  voted: natural,
  /** Both answers are the same: nothing to choose. */
  same: natural,
  /** An answer could not be had. */
  failed: natural,
  /** Why, each reason once, at most five. */
  reasons: v.array(v.string()),
  /** Still to be written. */
  waiting: natural,
  /** All names are shown: no more votes. */
  closed: v.boolean(),
  canUndo: v.boolean(),
  /** The newest hundred votes, newest first. */
  recent: v.array(
    v.object({
      place: natural,
      prompt: v.string(),
      choice,
      names: v.nullable(v.object({ left: v.string(), right: v.string() })),
    }),
  ),
});
export type VotingView = v.InferOutput<typeof voting>;

const share = v.object({ rate: v.number(), low: v.number(), high: v.number() });

/** What the votes whose names are shown say. */
const ranking = v.object({
  /** The finding; `key` is set in bold. */
  finding: v.object({ key: v.string(), rest: v.string() }),
  votes: natural,
  /** Of these, given again after the names had been shown. */
  again: natural,
  /** On so few prompts there are counts, and no shares. */
  few: v.boolean(),
  /** Ends of some intervals are open: somebody only won or lost. */
  linked: v.boolean(),
  rows: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      preferred: share,
      wins: natural,
      losses: natural,
      ties: natural,
      bothBad: natural,
    }),
  ),
});
export type RankingView = v.InferOutput<typeof ranking>;

/** An answer side by side, with its writer's name. */
const cell = v.object({
  answer: answerId,
  /** Whole, or as far as it is written; null before it begins. */
  text: v.nullable(v.string()),
  tokens: natural,
  /** Null until it is written. */
  reason: v.nullable(stopReason),
  failure: v.nullable(v.string()),
});
export type CellView = v.InferOutput<typeof cell>;

/** All answers to one prompt, side by side. */
const sheet = v.object({
  /** Place of the prompt, from 0. */
  place: natural,
  prompt: v.string(),
  /** By contestant, in the run's order; an answer for each round. */
  columns: v.array(v.object({ id: v.string(), name: v.string(), cells: v.array(cell) })),
});
export type SheetView = v.InferOutput<typeof sheet>;

/** Everything the panel shows. `update` sends any of these parts, each whole; parts that are not sent stay. */
export const arenaState = v.object({
  setup,
  /** Of the setup's contestants, in their order. */
  models: v.array(modelView),
  /** What contestants are called, in their order. */
  called: v.array(v.string()),
  prompts: promptsView,
  cost: v.nullable(cost),
  canUndo: v.boolean(),
  /** Null before the first run: the empty state. */
  run: v.nullable(run),
  running: v.nullable(running),
  voting: v.nullable(voting),
  pair: v.nullable(pair),
  ranking: v.nullable(ranking),
  sheet: v.nullable(sheet),
  ...panelEntries,
});
export type ArenaState = v.InferOutput<typeof arenaState>;

/** What the panel remembers over a reload: the host's part as it was told, and the view's own, opaque to the host. */
export const panelState = panelStateOf(setup);

const setupChange = v.partial(v.object({ prompts, names, rounds: setup.entries.rounds, seed: setup.entries.seed }));
export type SetupChange = v.InferOutput<typeof setupChange>;

/** Offered by the extension host. Changes come back through `update`, errors as `problem`. */
export const hostContract = {
  start: startCall(setup),
  ...runCalls,
  ...exportCalls,

  change: { args: v.tuple([setupChange]), result: nothing },
  /** Asks the person for a contestant's model (VS Code's own list). */
  pickModel: { args: v.tuple([v.string()]), result: nothing },
  /** One more, like the last but with a model of the person's choice. */
  addContestant: { args: v.tuple([]), result: nothing },
  removeContestant: { args: v.tuple([v.string()]), result: nothing },
  /** Changes how a contestant is asked. Rejects with a message for the field. */
  setContestant: { args: v.tuple([contestantSetup]), result: nothing },
  /** A file of prompts, through a dialog. */
  openPrompts: { args: v.tuple([]), result: nothing },
  /** The editor's selection, or the section around the cursor. */
  useEditor: { args: v.tuple([]), result: nothing },
  /** The setup's prompts across the three stages of the specimen, side by side, at once. */
  compareStages: { args: v.tuple([]), result: nothing },

  /** Votes on the pair at that place, which has to be the one that is shown and open. */
  vote: { args: v.tuple([v.object({ place: natural, choice })]), result: nothing },
  /** Takes the last vote back, and shows its pair. */
  undoVote: { args: v.tuple([]), result: nothing },
  /** The next pair without a vote. */
  next: { args: v.tuple([]), result: nothing },
  /** A pair that has a vote, to look at it again. */
  show: { args: v.tuple([natural]), result: nothing },
  /** Shows all names and ends voting. */
  reveal: { args: v.tuple([]), result: nothing },
  /** The prompt at that place, side by side. */
  openPrompt: { args: v.tuple([natural]), result: nothing },
  tokensOf: {
    args: v.tuple([answerId]),
    /** As many log-probabilities (natural) as tokens; null where the model gave none. Rejects while its writer is hidden. */
    result: answerTokens,
  },
} as const;

/** Offered by the panel. */
export const panelContract = {
  update: { args: v.tuple([v.partial(arenaState)]), result: nothing },
  remember: rememberCall(setup),
} as const;
