import { Worker } from "node:worker_threads";
import { writeFailure } from "./downloads/disk";

/** Runs in a thread of its own, from this text: the library has no file of its own in the bundles it becomes part of. */
const hashing = `
  const { createHash } = require("node:crypto");
  const { createReadStream } = require("node:fs");
  const { parentPort, workerData } = require("node:worker_threads");
  const hash = createHash(workerData.algorithm);
  let bytes = 0;
  let told = 0;
  createReadStream(workerData.file, { highWaterMark: 1 << 20 })
    .on("data", (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
      if (bytes - told < 1 << 24) return;
      told = bytes;
      parentPort.postMessage({ bytes });
    })
    .on("error", ({ code, message }) => parentPort.postMessage({ code, message }))
    .on("end", () => parentPort.postMessage({ bytes, hex: hash.digest("hex") }));
`;

type Told =
  | { readonly bytes: number; readonly hex?: string }
  | { readonly code: string | undefined; readonly message: string };

/**
 * The hash of a file, in hex, computed beside the event loop: hashing 1 GB on it takes more than a second of it. Rejects with
 * a LibraryError where the file cannot be read, or with the signal's reason. `onProgress` hears of bytes hashed so far.
 */
export async function fileHash(
  file: string,
  algorithm: "sha256" | "sha512",
  signal: AbortSignal,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<string> {
  signal.throwIfAborted();
  const worker = new Worker(hashing, { eval: true, workerData: { file, algorithm } });
  let stop: (() => void) | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener("abort", stop);
      worker.on("error", reject);
      worker.on("message", (told: Told) => {
        if ("message" in told) return reject(writeFailure(told, file));
        onProgress(told.bytes);
        if (told.hex !== undefined) resolve(told.hex);
      });
    });
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
