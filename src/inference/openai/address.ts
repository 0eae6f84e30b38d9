import { EngineError } from "../engine";

/** Where a server is, in the forms that are needed. */
export interface ServerAddress {
  /** Without a slash at its end: "http://localhost:8080/v1". What the OpenAI-compatible paths go behind. */
  readonly baseUrl: string;
  /** Without "/v1": where servers have what is their own ("/props", "/tokenize"). */
  readonly root: string;
  /** Name and port, as a person knows it: "localhost:8080". */
  readonly host: string;
  /** Whether what is sent can be read on the way: plain HTTP to another machine. */
  readonly readable: boolean;
}

/**
 * Reads an address as a person writes it: "localhost:8080" gets http and /v1, a host elsewhere https. Throws an
 * EngineError ("badInput") for what is no address, or has a name and password in it.
 */
export function serverAddress(text: string): ServerAddress {
  const trimmed = text.trim();
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? "" : isLocal(trimmed) ? "http://" : "https://";
  const url = URL.canParse(scheme + trimmed) ? new URL(scheme + trimmed) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "")
    throw new EngineError("badInput", `“${trimmed}” is no server's address. Write one like http://localhost:8080/v1.`);
  if (url.username !== "" || url.password !== "")
    throw new EngineError("badInput", "Leave name and password out of the address: the key is asked for separately.");
  const path = url.pathname.replace(/\/+$/, "").replace(/\/(?:chat\/)?completions$|\/models$/, "");
  const baseUrl = `${url.origin}${path === "" ? "/v1" : path}`;
  return {
    baseUrl,
    root: baseUrl.replace(/\/v\d+$/, ""),
    host: url.host,
    readable: url.protocol === "http:" && !isLocal(url.host),
  };
}

/** As `ModelFacts.id` has it. */
export function servedModelId(baseUrl: string, model: string): string {
  return `served:${baseUrl}#${model}`;
}

function isLocal(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)(?:[:/]|$)/i.test(host);
}
