import { resolve } from "../tokenizers/catalogue";
import { loadTokenizer } from "../tokenizers/loadTokenizer";
import { directorySource } from "../tokenizers/node/nodeSource";
import { InputError, readText } from "./input";

export interface CountOptions {
  readonly dist: string;
  readonly files: readonly string[];
  readonly tokenizer: string;
  readonly max?: number;
  readonly json?: boolean;
}

/** Prints the tokens of each file, and of all where there are several. 1 when there are more than `max`. */
export async function count({ dist, files, tokenizer: name, max, json }: CountOptions): Promise<number> {
  const found = resolve(name);
  if (!found) {
    throw new InputError(
      `There is no tokenizer or model “${name}”. Try o200k_base, qwen3 or a model's name such as gpt-4o.`,
    );
  }
  const tokenizer = await loadTokenizer(found.tokenizer, directorySource(dist));
  const counts: { file: string; tokens: number }[] = [];
  for (const file of files) counts.push({ file, tokens: tokenizer.count(await readText(file)) });
  const total = counts.reduce((sum, { tokens }) => sum + tokens, 0);
  const over = max !== undefined && total > max;
  if (json) {
    const estimate = found.kind === "estimate" ? { reason: found.reason ?? "an estimate" } : null;
    process.stdout.write(`${JSON.stringify({ tokenizer: found.tokenizer, estimate, files: counts, total, over })}\n`);
  } else {
    const width = String(total).length;
    const lines = counts.map(({ file, tokens }) => `${String(tokens).padStart(width)}  ${file}\n`);
    process.stdout.write(lines.join("") + (files.length > 1 ? `${total}  total\n` : ""));
    if (found.kind === "estimate")
      process.stderr.write(`An estimate: ${found.reason ?? "its tokenizer is not public"}\n`);
  }
  if (over) process.stderr.write(`${total} tokens are ${total - max} more than ${max}.\n`);
  return over ? 1 : 0;
}
