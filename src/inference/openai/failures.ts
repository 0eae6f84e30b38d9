import { EngineError } from "../engine";

/** A server's refusal, before it is put in words. */
export interface Refusal {
  readonly host: string;
  /** "/completions": what was asked. */
  readonly path: string;
  readonly status: number;
  /** The answer's text. */
  readonly body: string;
  readonly hasKey: boolean;
  /** Times the request was sent. */
  readonly tries: number;
  /** Milliseconds the server wants one to wait. */
  readonly retryAfter: number | undefined;
}

const overflow = /context (?:length|size|window)|maximum context|exceed.{0,40}context|too (?:long|many tokens)|n_ctx/i;

/** What a refusal means for a person: what happened, to what, and what to do next. */
export function refusalError(refusal: Refusal): EngineError {
  const { host, path, status, body } = refusal;
  const said = serverMessage(body);
  const details = body.slice(0, 2_000);
  const quoted = said === undefined ? "" : ` It says: ${said}`;
  if (status === 401 || status === 403)
    return new EngineError(
      "unauthorized",
      refusal.hasKey
        ? `${host} refused the key (${status}).${quoted} Change it with “Promptscope: Change Server Key”.`
        : `${host} wants a key (${status}).${quoted} Enter one with “Promptscope: Change Server Key”.`,
      details,
    );
  if (status === 429)
    return new EngineError(
      "rateLimited",
      `${host} takes no more requests for now (429, asked ${times(refusal.tries)}).${quoted} ${waitAdvice(refusal)}`,
      details,
    );
  if ((status === 400 || status === 413 || status === 422 || status === 500) && overflow.test(body))
    return new EngineError(
      "contextOverflow",
      `The prompt does not fit into the model's context on ${host}; nothing was run.${quoted} Shorten the prompt or ask for fewer tokens.`,
      details,
    );
  if (status === 404)
    return new EngineError(
      "server",
      `${host} has no ${path}, or not this model (404).${quoted} Check the server's address and the model's name.`,
      details,
    );
  if (status < 500)
    return new EngineError("server", `${host} refused the request ${path} (${status}).${quoted}`, details);
  return new EngineError(
    "server",
    `${host} failed at ${path} (${status}, asked ${times(refusal.tries)}).${quoted} Look at the server's log, or try again later.`,
    details,
  );
}

/** A redirect is not followed: the key and the prompt were meant for this host alone. */
export function redirectError(host: string, location: string | null): EngineError {
  const target = location === null ? "another address" : location.slice(0, 200);
  return new EngineError(
    "server",
    `${host} points to ${target}. That was not followed, and the key was not sent there. If you trust it, add that address as the server.`,
  );
}

/** What `fetch` or a body that ends in the middle throws. */
export function networkError(host: string, error: unknown, doing: string): EngineError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  const options = error instanceof Error ? { cause: error } : undefined;
  if (code === "ECONNREFUSED")
    return new EngineError(
      "network",
      `Nothing answers at ${host}. Start the server, or check its address.`,
      message,
      options,
    );
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return new EngineError("network", `${host} was not found. Check the address and the connection.`, message, options);
  return new EngineError(
    "network",
    `The connection to ${host} broke ${doing} (${code ?? message}). Try again.`,
    message,
    options,
  );
}

/** A connection that was closed before anything came: common with servers that end idle ones, and worth a second try. */
export function isBrokenConnection(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(codeOf(cause) ?? "");
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The message in the shapes that servers use: {error: {message}}, {error}, {message}, {detail}. */
export function serverMessage(body: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // Proxies answer with pages of HTML, which are nothing to quote.
    const plain = body.trim();
    return plain === "" || plain.startsWith("<") ? undefined : sentence(plain);
  }
  const error = field(parsed, "error");
  const found = [field(error, "message"), error, field(parsed, "message"), field(parsed, "detail")];
  const message = found.find((item) => typeof item === "string" && item !== "");
  return typeof message === "string" ? sentence(message) : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function sentence(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().slice(0, 300);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function waitAdvice({ retryAfter }: Refusal): string {
  const wait =
    retryAfter === undefined ? "Wait a while" : `Wait ${Math.ceil(retryAfter / 1_000).toLocaleString("en-US")} s`;
  return `${wait}, or lower “maxParallel” of this server in promptscope.servers.`;
}

function times(tries: number): string {
  return tries === 1 ? "once" : `${tries} times`;
}
