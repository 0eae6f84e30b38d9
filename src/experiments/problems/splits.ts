import { blake2b } from "@noble/hashes/blake2.js";
import type { ItemKey } from "./problem";

/** Seed of the specimen's training (training/specimen/config.py). */
const trainingSeed = 20261121;

export type Split = "train" | "dev" | "test";

/**
 * Which items the specimen was trained on: a hash of the item, the same as in training/specimen/splits.py, so that what was
 * held out there is known here without a list. `held` is the share kept for each of dev and test.
 */
export function splitOf(kind: string, key: ItemKey, held: number): Split {
  const digest = blake2b(new TextEncoder().encode(pythonTuple([trainingSeed, kind, ...key])), { dkLen: 8 });
  const position = digest.reduce((total, byte) => total * 256 + byte, 0) / 2 ** 64;
  if (position < held) return "test";
  return position < 2 * held ? "dev" : "train";
}

/** Python's `repr` of a tuple of whole numbers and plain strings, which the training hashes. */
function pythonTuple(items: ItemKey): string {
  return `(${items.map((item) => (typeof item === "number" ? String(item) : `'${item}'`)).join(", ")})`;
}
