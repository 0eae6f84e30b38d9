import * as v from "valibot";

/** How an answer is held against its reference. Without a reference it is looked at, not graded. */
const check = v.picklist([
  /** The number it answers with (`graders/number.ts`). */
  "number",
  /** The same, but of several unmarked numbers the first: "9.9 is larger than 9.11". */
  "firstNumber",
  /** The whole answer, or what stands after "Answer:", in one form (`graders/text.ts`). */
  "text",
  /** The reference's words stand in it. */
  "says",
  /** Its letters and digits alone, after "Answer:" where that is. */
  "letters",
  /** Its first line, blanks around it aside, is the reference letter by letter: capitals count. */
  "exact",
  /** It begins with the reference, in one form: a text recited. */
  "recites",
  /** The reference is a regular expression of RE2's kind that is found in it (`pattern.ts`). */
  "matches",
]);
export type Check = v.InferOutput<typeof check>;

export const suiteItem = v.object({
  /** Unique in its suite. */
  id: v.pipe(v.string(), v.minLength(1)),
  /** Which way of asking it belongs to: "forward", "reversed". Empty where there is one way. */
  variant: v.string(),
  /** A chat through the model's template, or a raw document to go on with. */
  kind: v.picklist(["chat", "document"]),
  text: v.pipe(v.string(), v.minLength(1)),
  system: v.optional(v.string()),
  reference: v.optional(v.string()),
  /** Parts of the text whose tokens tell why it is hard: the word whose letters are counted, the digits that are added. */
  subjects: v.optional(v.array(v.string())),
  check,
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Texts that end the answer. */
  stops: v.optional(v.array(v.string())),
});
export type SuiteItem = v.InferOutput<typeof suiteItem>;

export const suite = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  /** Of a person's own suite, the file's; ready suites are named by the panel. */
  name: v.string(),
  items: v.pipe(v.array(suiteItem), v.minLength(1)),
});
export type Suite = v.InferOutput<typeof suite>;
