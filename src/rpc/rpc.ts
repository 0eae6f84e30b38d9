/**
 * Typed calls between a panel and the extension host, both ways, over birpc. Used by both ends, so: no DOM, no vscode.
 *
 * Whatever arrives is checked against the contract before anything acts on it: envelopes, arguments, and results.
 * Messages pass through JSON on the way (typed arrays survive, undefined and Error do not), so contracts use null.
 */
import { createBirpc } from "birpc";
import * as v from "valibot";

/** A method's arguments (a tuple) and its result. */
export interface Method {
  readonly args: v.GenericSchema<unknown, unknown[]>;
  readonly result: v.GenericSchema;
}
export type Contract = Readonly<Record<string, Method>>;

/** What a method is called with. */
export type Args<M extends Method> = v.InferOutput<M["args"]>;
type Result<M extends Method> = v.InferOutput<M["result"]>;

type Awaitable<T> = T | PromiseLike<T>;
// biome-ignore lint/suspicious/noConfusingVoidType: what answers with nothing may be a plain function without return
type Answer<T> = undefined extends T ? T | void : T;

/** What the end that offers a contract implements. */
export type Functions<C extends Contract> = {
  readonly [K in keyof C]: (...args: Args<C[K]>) => Awaitable<Answer<Result<C[K]>>>;
};

/** What the other end of a contract holds. */
export interface Remote<C extends Contract> {
  /** Rejects with the other side's error, or with a ValiError when the answer breaks the contract. */
  call<K extends keyof C & string>(method: K, ...args: Args<C[K]>): Promise<Result<C[K]>>;
  /** Sends without waiting; nothing happens when nobody listens. */
  tell<K extends keyof C & string>(method: K, ...args: Args<C[K]>): void;
  /** Ends the connection; calls under way are rejected. */
  close(): void;
}

export interface Channel {
  post(message: unknown): unknown;
  on(listener: (message: unknown) => void): void;
  off(listener: (message: unknown) => void): void;
}

/** What the other side sent and the contract refuses; without a method where not even that can be read. */
export interface Refused {
  readonly method: string | undefined;
  readonly args: readonly unknown[];
}

const envelope = v.variant("t", [
  v.object({ t: v.literal("q"), m: v.string(), a: v.array(v.unknown()), i: v.optional(v.string()) }),
  v.object({ t: v.literal("s"), i: v.string(), r: v.optional(v.unknown()), e: v.optional(v.unknown()) }),
]);
/** An answer to a call nobody made. */
const ignored = { t: "s", i: "" };
const errorShape = v.object({ message: v.string() });

/**
 * Connects one end: offers `functions` under the contract `offered` and gives access to the other side's `wanted`.
 * `report` hears of messages that were refused, with what can be read of them, and of errors in functions nobody waits for.
 */
export function connect<Offered extends Contract, Wanted extends Contract>(
  offered: Offered,
  functions: Functions<Offered>,
  wanted: Wanted,
  channel: Channel,
  report: (error: Error, refused?: Refused) => void,
): Remote<Wanted> {
  const rpc = createBirpc<Record<string, (...args: unknown[]) => unknown>, object, false>(
    {},
    {
      proxify: false,
      timeout: -1,
      post: (message: unknown) => channel.post(message),
      on: (listener) => channel.on(listener),
      off: (listener) => channel.off(listener),
      serialize: (message: { e?: unknown }) =>
        message.e === undefined ? message : { ...message, e: { message: messageOf(message.e) } },
      deserialize: (data: unknown) => {
        const read = v.safeParse(envelope, data);
        if (!read.success) {
          const error = new Error(`A message was refused: ${v.summarize(read.issues)}`);
          report(error, { method: undefined, args: [] });
          return ignored;
        }
        const message = read.output;
        if (message.t === "q" || message.e === undefined || message.e === null) return message;
        const error = v.safeParse(errorShape, message.e);
        return { ...message, e: new Error(error.success ? error.output.message : "unknown error") };
      },
      resolver: (name) => {
        const method = Object.hasOwn(offered, name) ? offered[name] : undefined;
        const run = functions[name];
        if (!method || !run) return undefined;
        return async (...args: unknown[]) => {
          const read = v.safeParse(method.args, args);
          if (!read.success) {
            const error = new v.ValiError(read.issues);
            report(error, { method: name, args });
            throw error;
          }
          try {
            return await run(...(read.output as Args<Offered[string]>));
          } catch (error) {
            report(toError(error));
            throw error;
          }
        };
      },
      // With a name: an answer that could not be sent. Without: a call of ours, whose promise rejects.
      onGeneralError: (error, name) => {
        if (name === undefined) return false;
        report(error);
        return true;
      },
    },
  );
  return {
    async call(method, ...args) {
      const contract = wanted[method];
      if (!contract) throw new Error(`"${method}" is not in the contract`);
      return v.parse(contract.result, await rpc.$call(method, ...args)) as Result<Wanted[typeof method]>;
    },
    tell(method, ...args) {
      rpc.$callEvent(method, ...args).catch((error: unknown) => report(toError(error)));
    },
    close: () => rpc.$close(),
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
