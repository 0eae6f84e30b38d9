import { EngineError } from "../../engine";

/**
 * llama.cpp splits text by regular expressions that recurse once for each character of a match: about 26,000 letters,
 * digits, spaces or signs in a row overflow the stack and kill the process (ggml-org/llama.cpp#27783). Half of that is
 * left to smaller stacks.
 */
const LONGEST_RUN = 12_000;
/** Every character is in one of these, so that the whole text is gone through once. */
const RUN = /([\p{L}\p{M}]+)|(\p{N}+)|(\s+)|([^\s\p{L}\p{M}\p{N}]+)/gu;
const KINDS = ["letters", "digits", "white space", "signs"] as const;

/** Throws EngineError "badInput" for text that llama.cpp's pre-tokenizer would not survive. */
export function refuseLongRuns(text: string): void {
  if (text.length <= LONGEST_RUN) return;
  for (const match of text.matchAll(RUN)) {
    if (match[0].length <= LONGEST_RUN) continue;
    const kind = KINDS[match.slice(1).findIndex((run) => run !== undefined)];
    throw new EngineError(
      "badInput",
      `The text has ${match[0].length.toLocaleString("en")} characters of ${kind} in a row, from character ` +
        `${(match.index + 1).toLocaleString("en")} on; llama.cpp cannot split more than ` +
        `${LONGEST_RUN.toLocaleString("en")} into tokens. Shorten or break up that stretch.`,
    );
  }
}
