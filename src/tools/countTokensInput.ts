import * as v from "valibot";

/** Most files in one call. */
export const maxFiles = 100;

const schema = v.pipe(
  v.strictObject({
    text: v.optional(v.string("“text” must be a string.")),
    files: v.optional(
      v.pipe(
        v.array(v.pipe(v.string("“files” must hold paths."), v.minLength(1, "“files” holds an empty path."))),
        v.maxLength(maxFiles, `“files” may hold ${maxFiles} paths at most; ask again for the others.`),
      ),
    ),
    tokenizer: v.optional(v.pipe(v.string("“tokenizer” must be a string."), v.minLength(1, "“tokenizer” is empty."))),
  }),
  v.check(
    ({ text, files }) => text !== undefined || (files !== undefined && files.length > 0),
    "Give “text”, “files”, or both.",
  ),
);

/** What an assistant asks: a text, files, or both; a tokenizer's or model's name, or the one chosen by the user. */
export type CountTokensInput = v.InferOutput<typeof schema>;

/** Checks what an assistant sent. Throws an Error whose message tells the assistant what to send instead. */
export function parseCountTokensInput(input: unknown): CountTokensInput {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new Error(`promptscope_countTokens: ${result.issues.map(({ message }) => message).join(" ")}`);
}
