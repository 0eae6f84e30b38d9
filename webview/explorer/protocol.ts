/**
 * Everything the explorer's two halves say to each other, as schemas that both check and types that both read.
 *
 * The host owns the exploration (prompt, tree, settings, what the model said) and sends it in parts, each whole, whenever
 * it changes; the panel draws it and asks for changes. What follows from a distribution alone (stages, sweep, coin,
 * comparison) is computed where it is drawn, by the pure functions of src/experiments/explorer:
 *
 *   stages.ts    stagesOf(distribution, sampler, recent)    each stage with probabilities, mass removed, entropy, bounds
 *                sweep(distribution, temperatures)          for "Temperature, swept"
 *   coin.ts      toss(stage, seed, from, times)             draws and counts; expected, Wilson intervals, chi-square
 *   tree.ts      layoutOf, leavesOf, pathTo, beamOf         rows and columns of "Branches", the path in hand, beam view
 *   compare.ts   compare(a, b)                              KL both ways, Jensen-Shannon, total variation, top movers
 *   pictures.ts  barsSvg, treeSvg                           SVG text for export, colours given
 *
 * A picture becomes a PNG in the panel: the SVG as a `data:` image (the panel's policy lets those in) on a canvas.
 */
import * as v from "valibot";
import {
  distribution,
  natural,
  promptAs,
  promptTokens,
  rival,
  sampler,
  seed,
  tokenScore,
  tree,
} from "../../src/experiments/explorer/data";
import { busy, problem } from "../runs/state";

const nothing = v.optional(v.null());
const octets = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const text = v.pipe(v.string(), v.maxLength(1_000_000));

/** Why the model cannot do a thing, in words; null when it can. Controls that need it are disabled and show this. */
const missing = v.nullable(v.string());

/** A model that is in use, or was when the file was saved. */
const modelView = v.object({
  id: v.string(),
  name: v.string(),
  /** "CPU, 1 thread" and the like, for the tooltip; empty when unknown. */
  build: v.string(),
  contextSize: v.nullable(natural),
  vocabularySize: v.nullable(natural),
  missing: v.object({
    /** The distribution of the next token: without it there is nothing to explore. */
    next: missing,
    /** Entropy and surprisal of the prompt's tokens. */
    score: missing,
    sample: missing,
    text: missing,
    chat: missing,
    /** Writing by hand. */
    tokenize: missing,
  }),
});
export type ModelView = v.InferOutput<typeof modelView>;

/** The place in the editor that the prompt comes from. */
const link = v.object({
  /**
   * "following": the prompt is the text up to the cursor (or the selection) and changes with it.
   * "held": following, but branches stand on the present prompt; it stays until they are left behind ("Follow" link).
   * "pinned": stays at the place on purpose. "none": the prompt is typed in the panel, or no editor is open.
   */
  kind: v.picklist(["following", "held", "pinned", "none"]),
  /** "chaplin.md:3"; null when there is no place. */
  label: v.nullable(v.string()),
  /** Whether a selection is the prompt, not the text up to the cursor. */
  selection: v.boolean(),
  /** The text at the place is no longer the prompt in use. */
  stale: v.boolean(),
});
export type Link = v.InferOutput<typeof link>;

/** The prompt as the model sees it, with its scores where the model gives them. */
const promptView = v.object({
  as: promptAs,
  /** What can be edited in the panel: the whole raw text, or the content of the last user message. */
  text: v.string(),
  /** Null for a raw text. `promptTokens[i].message` is an index into these. */
  messages: v.nullable(v.array(v.object({ role: v.string(), content: v.string() }))),
  parseSpecial: v.boolean(),
  /** Null until rendered, or where the model gives no tokens: the text is shown plain then. */
  tokens: v.nullable(promptTokens),
  /** As many as `tokens`; null until scored or where the model cannot. */
  scores: v.nullable(v.array(tokenScore)),
});
export type PromptView = v.InferOutput<typeof promptView>;

/** What comes after the path in hand. */
const outlook = v.object({
  /** The node it belongs to: `tree.hand`, except in the moment between a step and the model's answer. */
  node: natural,
  /** Null while it is being asked for, and in a saved exploration where it never was. */
  distribution: v.nullable(distribution),
  /** The last 64 tokens of prompt and path, for the repetition penalty. */
  recent: v.array(natural),
});
export type Outlook = v.InferOutput<typeof outlook>;

/** The coin at the node in hand: the same seed gives the same draws, whatever the sampler. */
const coin = v.object({ seed, tosses: natural });
export type Coin = v.InferOutput<typeof coin>;

/** The other side of a comparison, as it stands. */
const rivalView = v.object({
  rival,
  model: modelView,
  prompt: promptView,
  /** Own distribution when only the sampler differs. */
  outlook,
  /** Whether token ids mean the same on both sides; otherwise tokens are matched by their text, and the panel says so. */
  sameVocabulary: v.boolean(),
});
export type RivalView = v.InferOutput<typeof rivalView>;

const file = v.object({
  /** The file's name; null while it was never saved. */
  name: v.nullable(v.string()),
  unsaved: v.boolean(),
  /** True for a file opened while its model is not at hand (or not loaded yet): all is shown, nothing is asked. */
  withoutModel: v.boolean(),
});
export type FileView = v.InferOutput<typeof file>;

/** Everything the panel shows. `update` sends any of these parts, each whole; parts that are not sent stay. */
export const explorerState = v.object({
  /** Null until a model was chosen. */
  model: v.nullable(modelView),
  prompt: v.nullable(promptView),
  link,
  tree: v.nullable(tree),
  outlook: v.nullable(outlook),
  sampler,
  coin,
  rival: v.nullable(rivalView),
  file,
  /** Whether `undo` would do something. */
  canUndo: v.boolean(),
  busy: v.nullable(busy),
  problem: v.nullable(problem),
});
export type ExplorerState = v.InferOutput<typeof explorerState>;

/** What the panel remembers over a reload; kept by the webview with setState, read by the host when it starts. */
export const panelState = v.object({
  version: v.literal(1),
  /** Names the draft the host keeps of this panel; given by `start`. */
  draft: v.nullable(v.string()),
  /** What only the view knows (folded parts, tab of the tree, stages shown): the webview's own, opaque to the host. */
  view: v.unknown(),
});
export type PanelState = v.InferOutput<typeof panelState>;

const side = v.picklist(["own", "rival"]);
export type Side = v.InferOutput<typeof side>;

/** How to continue from the node in hand. */
const growth = v.object({
  /** Likeliest token each time, draws with the sampler, or the `count` best paths kept at each step. */
  how: v.picklist(["greedy", "draw", "beam"]),
  /** Tokens for each continuation. */
  tokens: v.pipe(natural, v.minValue(1), v.maxValue(1_000)),
  /** Draws or paths; greedy takes 1. */
  count: v.pipe(natural, v.minValue(1), v.maxValue(32)),
});
export type Growth = v.InferOutput<typeof growth>;

/** What to compare with: presets that the host fills in. */
const comparison = v.variant("with", [
  /** The same prompt and model at another temperature: starts as own sampler with this temperature. */
  v.object({ with: v.literal("temperature"), temperature: v.number() }),
  /** The same text the other way round: as a chat when it is a raw text, as a raw text when it is a chat. */
  v.object({ with: v.literal("otherForm") }),
  v.object({ with: v.literal("prompt"), text }),
  /** Asks the person for a model. */
  v.object({ with: v.literal("model") }),
]);
export type Comparison = v.InferOutput<typeof comparison>;

/** Offered by the extension host. Changes come back through `update`, errors of models as `problem`. */
export const hostContract = {
  /** The panel is ready. The whole state follows by `update`. */
  start: {
    args: v.tuple([v.object({ draft: v.nullable(v.string()) })]),
    /** To be kept in `panelState`; null for a file's editor, which needs none. */
    result: v.object({ draft: v.nullable(v.string()) }),
  },

  /** Asks the person for a model (VS Code's own list). */
  pickModel: { args: v.tuple([side]), result: nothing },
  setPromptAs: { args: v.tuple([promptAs]), result: nothing },
  /** Whether text that spells a special token becomes one. */
  setParseSpecial: { args: v.tuple([v.boolean()]), result: nothing },
  /** A prompt typed in the panel; the link to the editor ends. */
  setText: { args: v.tuple([text]), result: nothing },
  /** "follow" takes the place in the editor anew (and leaves branches behind: undo brings them back). */
  setLink: { args: v.tuple([v.picklist(["follow", "pin", "none"])]), result: nothing },
  /** Shows the prompt's place in the editor. */
  revealPrompt: { args: v.tuple([]), result: nothing },

  /** Kept with the exploration and used by `grow`; no model call. Tell while sliding, at most once a frame. */
  setSampler: { args: v.tuple([sampler]), result: nothing },
  setSeed: { args: v.tuple([seed]), result: nothing },
  /** Adds tosses at the node in hand; 0 puts the coin back to none. */
  toss: { args: v.tuple([v.pipe(natural, v.maxValue(10_000))]), result: nothing },

  /** Goes on with that token of the distribution in hand (a new child, or the one that is there). */
  take: { args: v.tuple([natural]), result: nothing },
  /** Adds that token as a child, without moving. */
  branch: { args: v.tuple([natural]), result: nothing },
  /** Tokenizes the text, adds its tokens one after the other and goes to the last. Rejects with a message for the field. */
  write: { args: v.tuple([v.pipe(text, v.minLength(1))]), result: nothing },
  /** To the parent; what was there stays in the tree. */
  back: { args: v.tuple([]), result: nothing },
  go: { args: v.tuple([natural]), result: nothing },
  /** Sets a node aside, or takes it back. */
  prune: { args: v.tuple([v.object({ node: natural, pruned: v.boolean() })]), result: nothing },
  undo: { args: v.tuple([]), result: nothing },
  grow: { args: v.tuple([growth]), result: nothing },

  /** Null ends the comparison. */
  compare: { args: v.tuple([v.nullable(comparison)]), result: nothing },
  setRivalSampler: { args: v.tuple([sampler]), result: nothing },

  cancel: { args: v.tuple([]), result: nothing },
  /** Does again what failed, loading the model anew where it has to. */
  retry: { args: v.tuple([]), result: nothing },
  manageTrust: { args: v.tuple([]), result: nothing },
  showLog: { args: v.tuple([]), result: nothing },

  /** Puts the text of the path to that node into the editor, at the prompt's place; undoable there. */
  insert: { args: v.tuple([natural]), result: nothing },
  copyText: { args: v.tuple([text]), result: nothing },
  /** To the file it came from, or with a dialog. */
  save: { args: v.tuple([]), result: nothing },
  saveAs: { args: v.tuple([]), result: nothing },
  /** The distribution in hand with its stages (CSV), or the whole exploration (JSON), through a dialog. */
  exportData: { args: v.tuple([v.picklist(["csv", "json"])]), result: nothing },
  /** A picture made by the panel: SVG text or the bytes of a PNG, through a dialog. */
  exportPicture: {
    args: v.tuple([
      v.variant("format", [
        v.object({ format: v.literal("svg"), of: v.picklist(["bars", "tree"]), svg: v.string() }),
        v.object({ format: v.literal("png"), of: v.picklist(["bars", "tree"]), png: octets }),
      ]),
    ]),
    result: nothing,
  },
} as const;

/** Offered by the panel. */
export const panelContract = {
  update: { args: v.tuple([v.partial(explorerState)]), result: nothing },
  /** A command of the palette or a key of the window, for what only the panel can do. */
  command: {
    args: v.tuple([v.picklist(["exportBarsSvg", "exportBarsPng", "exportTreeSvg", "exportTreePng"])]),
    result: nothing,
  },
} as const;
