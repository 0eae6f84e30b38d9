import { UserError } from "../../platform/userError";

export type LibraryErrorCode =
  | "notGguf" /** The file is something else, or of a version or byte order that cannot be read. */
  | "damaged" /** It contradicts itself, or claims what it cannot hold, or ends within its header. */
  | "truncated" /** It ends too early; the message says how many bytes are missing where that can be known. */
  | "unsupported" /** A GGUF, but none that goes on with a text: a projector, an adapter, no weights. */
  | "unreadable" /** The file or folder could not be read or written. */
  | "network" /** The host could not be reached, or the connection ended too often. */
  | "server" /** The host answered with an error of its own, or with what it should not. */
  | "notFound"
  | "unauthorized" /** Needs an account, a token or an accepted licence. */
  | "rateLimited"
  | "changed" /** The file at the host changed while it was downloaded. */
  | "wrongHash" /** All bytes are there, and are not the ones that the hub names. */
  | "diskFull"
  | "busy" /** Another window is downloading this file. */
  | "badInput";

/** What a person can meet with model files. The message says what happened, to what, and what to do next. */
export class LibraryError extends UserError {
  override readonly name = "LibraryError";
  constructor(
    readonly code: LibraryErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
