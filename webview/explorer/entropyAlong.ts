import { pathTo } from "../../src/experiments/explorer/tree";
import { nameOf } from "../ui/tokenView";
import type { ExplorerState } from "./protocol";
import { toBits } from "./words";

/** One token of prompt and path, in bits; null where a number is not known. */
export interface EntropyPlace {
  /** From 1. */
  readonly place: number;
  readonly name: string;
  /** Of what was expected before the token. */
  readonly entropy: number | null;
  /** Of the token itself. */
  readonly surprisal: number | null;
}

/** Entropy and surprisal of every token from the beginning of the prompt to the node in hand. */
export function entropyAlong({ prompt, tree }: Pick<ExplorerState, "prompt" | "tree">): EntropyPlace[] {
  const scores = prompt?.scores ?? [];
  const path = tree ? pathTo(tree, tree.hand) : [];
  const before = (prompt?.tokens ?? []).map((token, index) => ({
    name: nameOf(token),
    nats: scores[index]?.entropy?.nats ?? null,
    logProb: scores[index]?.logProb ?? null,
  }));
  const after = path.map(({ token }) => ({
    name: token ? nameOf(token) : "",
    nats: token?.entropy?.nats ?? null,
    logProb: token?.logProb ?? null,
  }));
  return [...before, ...after].map(({ name, nats, logProb }, index) => ({
    place: index + 1,
    name,
    entropy: nats === null ? null : toBits(nats),
    surprisal: logProb === null ? null : Math.max(0, toBits(-logProb)),
  }));
}
