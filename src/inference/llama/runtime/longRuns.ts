import { EngineError } from "../../engine";

/**
 * llama.cpp splits text by regular expressions that recurse once for each character of a match: about 26,000 letters,
 * digits, spaces or signs in a row overflow the stack and kill the process (ggml-org/llama.cpp#27783). Half of that is
 * left to smaller stacks.
 */
const LONGEST_RUN = 12_000;
const RUNS = new RegExp(
  [String.raw`[\p{L}\p{M}]`, String.raw`\p{N}`, String.raw`\s`, String.raw`[^\s\p{L}\p{M}\p{N}]`]
    .map((kind) => `${kind}{${LONGEST_RUN + 1}}`)
    .join("|"),
  "u",
);

/** Throws EngineError "badInput" for text that llama.cpp's pre-tokenizer would not survive. */
export function refuseLongRuns(text: string): void {
  if (text.length <= LONGEST_RUN) return;
  const run = RUNS.exec(text);
  if (!run) return;
  const kind = /^[\p{L}\p{M}]/u.test(run[0])
    ? "letters"
    : /^\p{N}/u.test(run[0])
      ? "digits"
      : /^\s/u.test(run[0])
        ? "white space"
        : "signs";
  throw new EngineError(
    "badInput",
    `The text has more than ${LONGEST_RUN.toLocaleString("en")} characters of ${kind} in a row, from character ` +
      `${(run.index + 1).toLocaleString("en")} on, which llama.cpp cannot split into tokens. Shorten or break up that stretch.`,
  );
}
