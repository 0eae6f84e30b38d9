/**
 * Everything the inspector's two halves say to each other, as schemas that both check and types that both read.
 * Offsets are UTF-16 units in the text shown (which may be a selection inside a document).
 */
import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const nothing = v.optional(v.null());
const words = v.custom<Uint32Array>((value) => value instanceof Uint32Array);
const octets = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const maxLanes = 4;

/** Where the text comes from. "selection" shows the whole file while nothing is selected. */
export const sourceKind = v.picklist(["file", "selection", "typed", "chat"]);
export type SourceKind = v.InferOutput<typeof sourceKind>;

export const mode = v.picklist(["tokens", "compare", "chat", "vocabulary"]);
export type Mode = v.InferOutput<typeof mode>;

const span = v.object({ start: natural, end: natural });
export type Span = v.InferOutput<typeof span>;

const role = v.pipe(v.string(), v.maxLength(100));
const message = v.object({ role, content: v.string() });
export type ChatMessage = v.InferOutput<typeof message>;

/** A tokenizer or model that can be chosen. */
const choice = v.object({
  name: v.string(),
  label: v.string(),
  group: v.string(),
  estimate: v.boolean(),
});
export type Choice = v.InferOutput<typeof choice>;

const template = v.object({ name: v.string(), label: v.string() });
export type TemplateChoice = v.InferOutput<typeof template>;

/** One tokenizer's view of the text. */
const lane = v.object({
  /** What was asked for: a tokenizer's or a model's name. */
  asked: v.string(),
  /** The tokenizer that counts. */
  tokenizer: v.string(),
  /** Null while the vocabulary loads. */
  tokens: v.nullable(natural),
  complete: v.boolean(),
  kind: v.picklist(["exact", "estimate"]),
  reason: v.nullable(v.string()),
  contextWindow: v.nullable(natural),
  /** Why the tokenizer cannot be used. */
  error: v.nullable(v.string()),
});
export type Lane = v.InferOutput<typeof lane>;

const chatSummary = v.object({
  /** The messages of the linked file; null when they are written in the panel. */
  messages: v.nullable(v.array(message)),
  /** Tokens of each message's content, of what the template adds, and of all. */
  contents: v.array(natural),
  overhead: natural,
  total: natural,
  /** Special tokens among the template's. */
  special: natural,
  /** Why the template's tokens are an estimate. */
  estimate: v.nullable(v.string()),
});
export type ChatSummary = v.InferOutput<typeof chatSummary>;

const chatSettings = v.object({
  template: v.string(),
  messages: v.array(message),
  /** Ends with the beginning of an answer. */
  prompt: v.boolean(),
  /** Takes the messages from the linked file instead. */
  fromFile: v.boolean(),
});
export type ChatSettings = v.InferOutput<typeof chatSettings>;

const summary = v.object({
  version: natural,
  source: sourceKind,
  /** The linked document, null for typed text or when no editor is open. */
  document: v.nullable(v.object({ uri: v.string(), label: v.string() })),
  /** Whether a selection (not the whole file) is shown. */
  selected: v.boolean(),
  length: natural,
  /** Tokens are there for [0, filledTo). */
  filledTo: natural,
  lanes: v.array(lane),
  chat: v.nullable(chatSummary),
  /** Why there is no text: shown instead of the strip. */
  problem: v.nullable(v.string()),
});
export type Summary = v.InferOutput<typeof summary>;

const pageLane = v.object({
  /** Index of the first token. */
  first: natural,
  ids: words,
  /** Offset where each token starts; tokens inside one code point share its offset. */
  starts: words,
  /** The tokens' bytes, one after the other, and where each ends. */
  bytes: octets,
  byteEnds: words,
  /** For each token the bits of `tokenMark`. */
  marks: octets,
});
export type PageLane = v.InferOutput<typeof pageLane>;
export const tokenMark = { special: 1, template: 2 } as const;

const page = v.object({
  index: natural,
  version: natural,
  /** False while the text there is not tokenized yet. */
  ready: v.boolean(),
  start: natural,
  end: natural,
  lanes: v.array(pageLane),
});
export type Page = v.InferOutput<typeof page>;

/** Text units a page holds, about; pages end where all lanes have a token border. */
export const pageUnits = 4096;

const details = v.object({
  index: natural,
  of: natural,
  id: natural,
  rank: v.nullable(natural),
  vocabularySize: natural,
  bytes: octets,
  /** The text the token covers where it stands, which for a part of a code point is the whole of it. */
  text: v.string(),
  start: natural,
  end: natural,
  special: v.boolean(),
  /** From 1; null for typed text and chats. */
  line: v.nullable(natural),
  column: v.nullable(natural),
  /** How often the id occurs in the text; null where counting would take too long. */
  occurrences: v.nullable(natural),
});
export type Details = v.InferOutput<typeof details>;

export const vocabularyKind = v.picklist(["text", "id", "regex"]);
export type VocabularyKind = v.InferOutput<typeof vocabularyKind>;
export const vocabularyFilter = v.picklist(["all", "longest", "bytes", "special"]);
export type VocabularyFilter = v.InferOutput<typeof vocabularyFilter>;

const vocabularyQuery = v.object({
  tokenizer: v.string(),
  kind: vocabularyKind,
  text: v.pipe(v.string(), v.maxLength(10_000)),
  filter: vocabularyFilter,
});
export type VocabularyQuery = v.InferOutput<typeof vocabularyQuery>;

const vocabularyResult = v.object({
  /** Goes with requests for rows; rows of an older search are empty. */
  search: natural,
  matches: natural,
  /** Tokens of the vocabulary; ids without a token are not among them. */
  tokens: natural,
  milliseconds: v.number(),
  /** An invalid or too slow expression, in words. */
  problem: v.nullable(v.string()),
});
export type VocabularyResult = v.InferOutput<typeof vocabularyResult>;

const vocabularyRow = v.object({
  id: natural,
  bytes: octets,
  rank: v.nullable(natural),
  special: v.nullable(v.string()),
});
export type VocabularyRow = v.InferOutput<typeof vocabularyRow>;

/** What the panel remembers over a reload; kept by the webview, read by the host when it starts. */
export const panelState = v.object({
  version: v.literal(1),
  mode,
  source: v.picklist(["file", "selection", "typed"]),
  uri: v.nullable(v.string()),
  /** Empty: the one the editor counts with. */
  tokenizer: v.string(),
  compared: v.pipe(v.array(v.string()), v.maxLength(maxLanes)),
  typed: v.string(),
  layers: v.object({ ids: v.boolean(), bytes: v.boolean() }),
  chat: chatSettings,
  vocabulary: vocabularyQuery,
});
export type PanelState = v.InferOutput<typeof panelState>;

const configuration = v.object({
  source: sourceKind,
  tokenizers: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(maxLanes)),
});
export type Configuration = v.InferOutput<typeof configuration>;

/** What an "open" command asked for. */
const request = v.object({ mode: v.nullable(mode), tokenIndex: v.nullable(natural), offset: v.nullable(natural) });
export type OpenRequest = v.InferOutput<typeof request>;

/** Offered by the extension host. */
export const hostContract = {
  /** The panel is ready; `uri` is the document it was linked to before a reload. */
  start: {
    args: v.tuple([v.object({ uri: v.nullable(v.string()), typed: v.string() })]),
    result: v.object({
      choices: v.array(choice),
      compared: v.array(v.string()),
      templates: v.array(template),
      request: v.nullable(request),
    }),
  },
  configure: { args: v.tuple([configuration]), result: nothing },
  /** An edit of the typed text; `length` is what it was before. False: out of step, send all. */
  editTyped: {
    args: v.tuple([v.object({ length: natural, offset: natural, deleted: natural, inserted: v.string() })]),
    result: v.boolean(),
  },
  setTyped: { args: v.tuple([v.string()]), result: nothing },
  page: { args: v.tuple([natural]), result: page },
  details: { args: v.tuple([v.object({ lane: natural, index: natural })]), result: v.nullable(details) },
  /** The next place where the lanes cut differently, after (1) or before (-1) `from`. */
  difference: {
    args: v.tuple([v.object({ from: natural, direction: v.picklist([1, -1]) })]),
    result: v.nullable(span),
  },
  /** How many places differ in the whole text, and borders in all lanes of all borders; null when interrupted. */
  differences: {
    args: v.tuple([]),
    result: v.nullable(v.object({ version: natural, places: natural, shared: natural, borders: natural })),
  },
  /** Marks a range in the linked editor; null takes the mark away. */
  highlight: { args: v.tuple([v.nullable(span)]), result: nothing },
  /** Brings a range of the linked editor into view; with `select` selects it and puts the cursor there. */
  reveal: { args: v.tuple([span, v.boolean()]), result: nothing },
  copy: { args: v.tuple([v.picklist(["ids", "json"])]), result: natural },
  copyText: { args: v.tuple([v.string()]), result: nothing },
  setChat: { args: v.tuple([chatSettings]), result: nothing },
  searchVocabulary: { args: v.tuple([vocabularyQuery]), result: v.nullable(vocabularyResult) },
  vocabularyRows: {
    args: v.tuple([v.object({ search: natural, from: natural, count: v.pipe(natural, v.maxValue(500)) })]),
    result: v.array(vocabularyRow),
  },
  showLog: { args: v.tuple([]), result: nothing },
} as const;

/** Offered by the panel. */
export const panelContract = {
  summary: { args: v.tuple([summary]), result: nothing },
  /** The cursor of the linked editor moved to that token. */
  cursor: { args: v.tuple([v.object({ index: natural, offset: natural })]), result: nothing },
  open: { args: v.tuple([request]), result: nothing },
  /** A tokenizer was added or removed. */
  choices: { args: v.tuple([v.array(choice)]), result: nothing },
  /** How far the count of differences has come in the text of that version. */
  comparing: { args: v.tuple([v.object({ version: natural, reached: natural })]), result: nothing },
} as const;
