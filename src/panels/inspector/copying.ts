import type { ReadableTokens } from "./readable";

/** Tokens written in one turn of the event loop, about 2 ms. */
const slice = 5_000;

/**
 * The tokens as text for the clipboard: ids separated by commas in brackets, or JSON with each token's id, text and
 * bytes (in hex). Written in slices; a text that changes meanwhile is written as it was when its slice came.
 */
export async function copyable(tokens: ReadableTokens, format: "ids" | "json"): Promise<string> {
  const ids = tokens.ids();
  const parts: string[] = [];
  for (let at = 0; at < ids.length; at += slice) {
    const some = [...ids.subarray(at, at + slice)];
    parts.push(format === "ids" ? some.join(", ") : some.map((id) => json(tokens, id)).join(",\n"));
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (format === "ids") return `[${parts.join(", ")}]`;
  const head = `{ "tokenizer": ${JSON.stringify(tokens.tokenizer.name)}, "count": ${ids.length}, "tokens": [\n`;
  return `${head}${parts.join(",\n")}\n] }\n`;
}

function json({ tokenizer }: ReadableTokens, id: number): string {
  const bytes = tokenizer.tokenBytes(id) ?? new Uint8Array();
  return `  ${JSON.stringify({ id, text: tokenizer.decode([id]), bytes: Buffer.from(bytes).toString("hex") })}`;
}
