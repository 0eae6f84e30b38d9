import { parentPort } from "node:worker_threads";
import type { VocabularyQuery } from "../../../webview/inspector/protocol";
import { type PackedTokens, QueryError, VocabularySearch } from "./vocabularySearch";

/** What the worker is told: a vocabulary to search from now on, or a search. */
export type WorkerRequest =
  | { readonly kind: "vocabulary"; readonly tokens: PackedTokens }
  | { readonly kind: "search"; readonly query: VocabularyQuery };

/** Answers each request, in order. */
export type WorkerAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "found"; readonly ids: Uint32Array<ArrayBuffer>; readonly milliseconds: number }
  | { readonly kind: "refused"; readonly problem: string };

const port = parentPort;
if (!port) throw new Error("vocabularyWorker runs as a worker only");

let vocabulary: VocabularySearch | undefined;
port.on("message", (request: WorkerRequest) => {
  if (request.kind === "vocabulary") {
    vocabulary = new VocabularySearch(request.tokens);
    port.postMessage({ kind: "ready" } satisfies WorkerAnswer);
  } else port.postMessage(answer(request.query));
});

function answer(query: VocabularyQuery): WorkerAnswer {
  if (!vocabulary) return { kind: "refused", problem: "No vocabulary is loaded." };
  const start = performance.now();
  try {
    return { kind: "found", ids: vocabulary.find(query), milliseconds: performance.now() - start };
  } catch (error) {
    if (error instanceof QueryError) return { kind: "refused", problem: error.message };
    throw error;
  }
}
