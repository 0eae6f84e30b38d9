import type { PromptScore } from "../inference/engine";
import { bitsOf, stepOf } from "../inference/surprisal";
import { InputError, readText } from "./input";
import { openModel } from "./models";

export interface ScoreOptions {
  readonly dist: string;
  readonly file: string;
  readonly model: string;
  readonly top: number;
  readonly json?: boolean;
  readonly color: "auto" | "always" | "never";
  readonly signal: AbortSignal;
}

/** Prints a text tinted by its surprisal, with a summary on standard error, or everything as JSON. */
export async function score({ dist, file, model, top, json, color, signal }: ScoreOptions): Promise<number> {
  const text = await readText(file, signal);
  if (text === "") throw new InputError(`${file} is empty.`);
  const { engine, close } = await openModel(model, dist, signal);
  try {
    const result = await engine.score({ kind: "text", text }, { topK: top }, signal);
    const sums = summary(result, text);
    if (json) {
      const tokens = result.tokens.map((token, index) => ({ ...result.prompt.tokens[result.from + index], ...token }));
      process.stdout.write(`${JSON.stringify({ model: engine.model, ...sums, tokens })}\n`);
      return 0;
    }
    const colored = color === "always" || (color === "auto" && process.stdout.isTTY === true);
    process.stdout.write(colored ? tinted(result) : plain(result));
    const { perplexity, bitsPerCharacter, tokens } = sums;
    process.stderr.write(
      `${engine.model.name}: perplexity ${perplexity.toPrecision(3)}, ${bitsPerCharacter.toPrecision(3)} bits a character, ${tokens} tokens\n`,
    );
    return 0;
  } finally {
    await close();
  }
}

interface Summary {
  /** exp of the mean negative log-probability. */
  readonly perplexity: number;
  readonly bitsPerCharacter: number;
  readonly tokens: number;
}

function summary({ tokens }: PromptScore, text: string): Summary {
  const scored = tokens.flatMap(({ logProb }) => (logProb === undefined ? [] : [logProb]));
  const nats = -scored.reduce((sum, logProb) => sum + logProb, 0);
  const characters = [...text].length;
  return {
    perplexity: Math.exp(nats / scored.length),
    bitsPerCharacter: nats / Math.LN2 / characters,
    tokens: tokens.length,
  };
}

/** Backgrounds of the six steps, from amber to red, of the 256-colour palette; under 1 bit there is none. */
const backgrounds = [58, 94, 130, 166, 202, 196];

function tinted({ prompt, from, tokens }: PromptScore): string {
  const parts = tokens.map(({ logProb }, index) => {
    const { text, special } = prompt.tokens[from + index]!;
    if (special) return ""; // not in the file
    const step = stepOf(bitsOf(logProb ?? 0));
    if (step === 0) return text;
    // A colour that runs over a line's end would fill the rest of the line.
    return text
      .split("\n")
      .map((line) => (line === "" ? "" : `\u001b[48;5;${backgrounds[step - 1]};97m${line}\u001b[0m`))
      .join("\n");
  });
  return ended(parts.join(""));
}

/** One token a line: bits, rank and the token as JSON text. */
function plain({ prompt, from, tokens }: PromptScore): string {
  return tokens
    .map(({ logProb, rank }, index) => {
      const bits = logProb === undefined ? "" : bitsOf(logProb).toFixed(2);
      return `${bits.padStart(6)}\t${rank ?? ""}\t${JSON.stringify(prompt.tokens[from + index]!.text)}\n`;
    })
    .join("");
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
