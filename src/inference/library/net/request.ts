import { LibraryError } from "../libraryError";

/** An error that may pass by itself: worth another try after a while. */
export class PassingError extends LibraryError {
  constructor(
    code: "network" | "server" | "rateLimited",
    message: string,
    /** What the host asked to wait, milliseconds. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}

export interface GetOptions {
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes to the first address's origin alone, never to where it redirects. */
  readonly token?: string | undefined;
  /** Until the headers of the answer are there. */
  readonly timeoutMs: number;
  /** What is fetched, for messages: "Qwen3-0.6B-Q8_0.gguf". */
  readonly what: string;
}

export interface Answer {
  readonly response: Response;
  /** Host that answered in the end. */
  readonly host: string;
}

const mostRedirects = 10;

/**
 * GET, following redirects. `fetch` is looked up at each call: in VS Code's extension host it is the one that knows the
 * editor's proxy settings and certificates. Rejects with LibraryError; PassingError for what may be tried again.
 */
export async function get(address: string, options: GetOptions): Promise<Answer> {
  const first = parsed(address);
  let url = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await ask(url, url.origin === first.origin ? options.token : undefined, options);
    const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    if (location === null) {
      if (response.ok || response.status === 416) return { response, host: url.host };
      await response.body?.cancel().catch(() => {}); // Its text is of no use, and the connection is given back.
      throw refused(response, url, first, options);
    }
    await response.body?.cancel().catch(() => {});
    const next = parsed(location, url);
    if (url.protocol === "https:" && next.protocol !== "https:")
      throw new LibraryError("server", `${url.host} sent on to ${next.host} without encryption. Nothing was fetched.`);
    url = next;
  }
  throw new LibraryError("server", `${first.host} redirected more than ${mostRedirects} times for ${options.what}.`);
}

async function ask(url: URL, token: string | undefined, { signal, headers, timeoutMs, what }: GetOptions) {
  signal.throwIfAborted();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  try {
    return await fetch(url, {
      redirect: "manual",
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      signal: AbortSignal.any([signal, stop.signal]),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(stop.signal.aborted ? stop.signal.reason : error, url.host, what);
  } finally {
    clearTimeout(timer);
  }
}

/** Why a connection failed, in the words of what failed: fetch itself only says that it did. */
export function connectionFailure(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}

function unreachable(error: unknown, host: string, what: string): PassingError {
  const why = connectionFailure(error);
  return new PassingError(
    "network",
    `${host} could not be reached for ${what} (${why}). Check the connection, the proxy (http.proxy) or the mirror (promptscope.hub.url).`,
    undefined,
    { cause: error },
  );
}

function refused(response: Response, url: URL, first: URL, { what, token }: GetOptions): LibraryError {
  const { status } = response;
  const { host } = url;
  // Addresses that a hub hands out expire; asking the hub again gives a new one.
  if (url.origin !== first.origin && (status === 401 || status === 403 || status === 404))
    return new PassingError("server", `${host}, where ${first.host} sent on to, answered ${status} for ${what}.`);
  if (status === 401 || status === 403)
    return new LibraryError(
      "unauthorized",
      token
        ? `${host} does not give ${what} to your token (${status}). Accept the model's licence there with the token's account, then try again.`
        : `${host} does not give ${what} without an account (${status}). Accept its licence there and set an access token.`,
    );
  if (status === 404 || status === 410)
    return new LibraryError("notFound", `${host} has no ${what} (${status}). Check the name and the revision.`);
  if (status === 429)
    return new PassingError(
      "rateLimited",
      `${host} asks for fewer requests (429). Try again later.`,
      retryAfter(response),
    );
  if (status >= 500 || status === 408)
    return new PassingError("server", `${host} answered ${status} for ${what}. Try again later.`, retryAfter(response));
  return new LibraryError("server", `${host} answered ${status} for ${what}, which was not expected.`);
}

/** Retry-After in seconds or as a date, in milliseconds. */
function retryAfter(response: Response): number | undefined {
  const value = response.headers.get("retry-after");
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function parsed(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base) : undefined;
  if (url && (url.protocol === "https:" || url.protocol === "http:") && !url.username && !url.password) return url;
  throw new LibraryError("badInput", `“${address.slice(0, 200)}” is no http or https address that can be used.`);
}
