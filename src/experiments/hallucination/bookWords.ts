import { count, listed } from "../reasoning/words";
import type { BookKind, FollowCounts } from "./books";

/** Which wins, memory or the page: "the page, 9 of 10". Empty without answers. */
export function winsWords(kind: BookKind, counts: FollowCounts): string {
  const { memory, page, both, neither, noMemory } = counts;
  const all = memory + page + both + neither + noMemory;
  const of = (some: number): string => `${count(some)} of ${count(all)}`;
  if (all === 0) return "";
  if (kind === "closed") return memory > 0 ? `its own memory, ${of(memory)}` : "nothing it holds on to";
  if (both * 2 > all) return `memory and page agree, ${of(both)}`;
  if (page > memory && page * 2 > all) return `the page, ${of(page)}`;
  if (memory > page && memory * 2 > all) return `its own memory, ${of(memory)}`;
  if (page + memory + both === 0) return noMemory > 0 ? "neither; there is no memory to hold against it" : "neither";
  const some = [`the page ${count(page)}`, `its own memory ${count(memory)}`, `both ${count(both)}`];
  const parts = some.filter((_, index) => [page, memory, both][index]! > 0);
  return `${listed(parts)} of ${count(all)}${noMemory > 0 ? "; there is no memory to hold against it" : ""}`;
}
