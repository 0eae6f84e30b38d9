import * as v from "valibot";

export const question = v.object({
  /** Unique in a run: "1", or what the file called it. */
  id: v.string(),
  text: v.pipe(v.string(), v.minLength(1)),
  /** The reference; undefined where nobody knows it: then nothing is graded. */
  answer: v.optional(v.string()),
  choices: v.optional(v.array(v.string())),
  /** Steps a person would write, where known: the difficulty. */
  steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  family: v.optional(v.string()),
});
export type Question = v.InferOutput<typeof question>;

/** The question as a model is asked it: with its choices, lettered, below. */
export function asked({ text, choices }: Question): string {
  if (!choices || choices.length === 0) return text;
  return [text, ...choices.map((choice, index) => `${letter(index)}) ${choice}`)].join("\n");
}

export function letter(index: number): string {
  return String.fromCharCode(65 + index);
}
