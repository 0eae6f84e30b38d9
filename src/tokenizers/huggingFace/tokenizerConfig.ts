/** What a tokenizer_config.json adds to a tokenizer.json: the chat template and its tokens. */
export interface TokenizerConfig {
  readonly chatTemplate: string | undefined;
  readonly bosToken: string | undefined;
  readonly eosToken: string | undefined;
}

/** Reads the bytes of a tokenizer_config.json. What is missing or of another shape is undefined; nothing throws. */
export function readTokenizerConfig(bytes: Uint8Array): TokenizerConfig {
  const json = parse(bytes);
  return {
    chatTemplate: template(json.chat_template),
    bosToken: token(json.bos_token),
    eosToken: token(json.eos_token),
  };
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {}; // The file is optional: a broken one is as good as none.
  }
}

/** A template by itself, or of several named ones the one called "default". */
function template(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return undefined;
  const named = value.find((each: { name?: unknown }) => each?.name === "default") as
    | { template?: unknown }
    | undefined;
  return typeof named?.template === "string" ? named.template : undefined;
}

function token(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const content = (value as { content?: unknown } | null | undefined)?.content;
  return typeof content === "string" ? content : undefined;
}
