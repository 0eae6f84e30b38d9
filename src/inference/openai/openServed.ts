import type { Log } from "../../platform/log";
import type { Tokenizer } from "../../tokenizers/tokenizer";
import { EngineError } from "../engine";
import { serverAddress } from "./address";
import { type ListedModel, readModelList } from "./answers";
import { type ClientOptions, ServerClient } from "./client";
import { probe, probeText } from "./probe";
import { ServedEngine } from "./servedEngine";

/** A server as a person set it up. */
export interface ServerSetup {
  readonly baseUrl: string;
  readonly key: string | undefined;
  /** Requests under way at the same time. */
  readonly maxParallel: number | undefined;
}

export interface OpenServedOptions {
  readonly setup: ServerSetup;
  readonly model: string;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: (message: string) => void;
  readonly log?: Log | undefined;
  /** The tokenizer that goes by the model's name, if it is known to be exact. It is held against the server's counts. */
  readonly tokenizer?: (() => Promise<Tokenizer | undefined>) | undefined;
  readonly onSpeed?: (tokens: number, seconds: number) => void;
  /** For tests: shorter times. */
  readonly client?: Partial<ClientOptions>;
}

/** The names of a server's models, in the server's order. Rejects with an EngineError. */
export async function listServedModels(
  setup: ServerSetup,
  options: { readonly signal?: AbortSignal; readonly log?: Log; readonly client?: Partial<ClientOptions> } = {},
): Promise<readonly string[]> {
  const client = clientOf(setup, options);
  return (await listed(client, options.signal)).map(({ id }) => id);
}

/** Finds out what the server gives for the model and makes its engine. Rejects with an EngineError. */
export async function openServedModel(options: OpenServedOptions): Promise<ServedEngine> {
  const { setup, model, signal } = options;
  const client = clientOf(setup, options);
  const models = await listed(client, signal).catch((error: unknown) => {
    // A few servers have no list; the model's own requests will tell.
    if (error instanceof EngineError && error.code === "server") return [];
    throw error;
  });
  const entry = models.find(({ id }) => id === model);
  if (models.length > 0 && !entry)
    throw new EngineError(
      "server",
      `${client.host} has no model called “${model}” now. It has: ${models
        .slice(0, 10)
        .map(({ id }) => id)
        .join(", ")}. Choose again with “Promptscope: Choose Models of a Server”.`,
    );
  const found = await probe(client, model, entry, { signal, ...(options.onStep && { onStep: options.onStep }) });
  // A server of one worker breaks off an answer when the next request comes.
  const one = found.program.slots === 1 && client.maxParallel > 1;
  return new ServedEngine({
    client: one ? clientOf({ ...setup, maxParallel: 1 }, options) : client,
    model,
    found,
    tokenizer: await checkedTokenizer(options, found.probeTokens),
    log: options.log,
    ...(options.onSpeed && { onSpeed: options.onSpeed }),
  });
}

/** The tokenizer, if the server counts as it does; the begin-of-sequence token may come on top. */
async function checkedTokenizer(
  { tokenizer, log }: OpenServedOptions,
  counted: number | undefined,
): Promise<Tokenizer | undefined> {
  const candidate = counted === undefined ? undefined : await tokenizer?.();
  if (!candidate || counted === undefined) return undefined;
  const own = candidate.count(probeText);
  if (counted === own || counted === own + 1) return candidate;
  log?.info("tokenizer not used: the server counts otherwise", { tokenizer: candidate.name, own, server: counted });
  return undefined;
}

function clientOf(
  setup: ServerSetup,
  options: { readonly log?: Log | undefined; readonly client?: Partial<ClientOptions> },
): ServerClient {
  return new ServerClient({
    address: serverAddress(setup.baseUrl),
    key: setup.key,
    maxParallel: setup.maxParallel,
    log: options.log,
    ...options.client,
  });
}

async function listed(client: ServerClient, signal: AbortSignal | undefined): Promise<readonly ListedModel[]> {
  return readModelList(await client.get("/models", { signal }), client.host);
}
