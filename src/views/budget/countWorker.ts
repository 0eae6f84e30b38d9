import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { loadTokenizer, type Tokenizer, tokenizerFromPacked } from "../../tokenizers";
import { directorySource } from "../../tokenizers/node/nodeSource";
import { readCountCache } from "./countCache";
import type { CountReply, CountRequest, CountSetup } from "./countProtocol";
import { FileCounter } from "./fileCounter";

// The entry of a counting thread: one tokenizer, one request after the other.

const port = parentPort;
if (!port) throw new Error("the counting thread was started as a program");
const setup = workerData as CountSetup;

const counter = load().then(
  (tokenizer) => new FileCounter(tokenizer, readCountCache(setup.cacheFile, setup.cacheStamp), setup.maxBytes),
);
const reply = (message: CountReply): void => port.postMessage(message);

counter.catch((error: unknown) => reply({ failure: error instanceof Error ? error.message : String(error) }));

async function load(): Promise<Tokenizer> {
  const source = directorySource(setup.dataDirectory);
  if (setup.packedFile === undefined) return loadTokenizer(setup.tokenizer, source);
  const bytes = await readFile(setup.packedFile);
  if (setup.packedFile.endsWith(".json")) {
    const { loadGeneral } = await import("../../tokenizers/general");
    return loadGeneral(setup.tokenizer, bytes);
  }
  return tokenizerFromPacked(await source.core(), bytes);
}

port.on("message", (request: CountRequest) => {
  // A failure to load was said above, once.
  counter.then(
    (ready) => reply({ id: request.id, outcome: ready.count(request) }),
    () => undefined,
  );
});
