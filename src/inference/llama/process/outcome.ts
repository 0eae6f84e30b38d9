import * as v from "valibot";
import { EngineError, type EngineErrorCode } from "../../engine";

const codes = [
  "contextOverflow",
  "unsupported",
  "badInput",
  "loadFailed",
  "outOfMemory",
  "crashed",
  "network",
  "server",
  "unauthorized",
  "rateLimited",
] as const satisfies readonly EngineErrorCode[];

const failure = v.object({
  ok: v.literal(false),
  code: v.picklist(codes),
  message: v.string(),
  details: v.exactOptional(v.string()),
});
export type Failure = v.InferOutput<typeof failure>;

/** A value, or an `EngineError` with its code and details, which an RPC's own errors would lose. */
export function outcome<T extends v.GenericSchema>(value: T) {
  return v.variant("ok", [v.object({ ok: v.literal(true), value }), failure]);
}

/** Runs work and turns how it ends into an outcome. Errors that nobody foresaw get `unforeseen` as their code. */
export async function outcomeOf<T>(
  work: () => Promise<T>,
  unforeseen: EngineErrorCode,
): Promise<{ ok: true; value: T } | Failure> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof EngineError) {
      const details = error.details === undefined ? {} : { details: error.details };
      return { ok: false, code: error.code, message: error.message, ...details };
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { ok: false, code: unforeseen, message, ...(stack === undefined ? {} : { details: stack }) };
  }
}

/** The value, or throws the `EngineError`. */
export function unwrap<T>(result: { ok: true; value: T } | Failure): T {
  if (result.ok) return result.value;
  throw errorOf(result);
}

export function errorOf({ code, message, details }: Failure): EngineError {
  return new EngineError(code, message, details);
}
