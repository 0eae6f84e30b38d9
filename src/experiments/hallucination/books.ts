import { seededRandom } from "../../inference/random";
import { normalAnswer, saysWords } from "../judging/words";
import { integer, pick } from "../problems/problem";
import { inventNames } from "./names";
import { type Reading, readCell } from "./reading";
import type { HallucinationReport } from "./report";
import { cellKey, closedBook, greedyAnswer, type Item, type Page } from "./spec";

/** A page with one fact changed. */
export interface Misled {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/**
 * A page in which a fact is changed wherever it stands, whole: into `to`, or a number or year by a little, a calling into
 * another, anything else into an invented name; the same for the same seed. Undefined where the page does not hold the fact.
 */
export function mislead(text: string, fact: string, seed: number, to?: string): Misled | undefined {
  const from = fact.trim();
  if (from === "") return undefined;
  const whole = new RegExp(
    `(?<![\\p{L}\\p{N}])${from.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`,
    "giu",
  );
  const changed = to?.trim() || another(from, text, seed);
  const replaced = text.replace(whole, () => changed);
  return replaced === text ? undefined : { text: replaced, from, to: changed };
}

/** An item with the pages it is asked with. */
export interface BookedItem {
  readonly item: Item;
  readonly pages: readonly Page[];
}

/**
 * An item to ask also with a page before it, and, where the page holds what the item's reference says, with that changed:
 * what wins then is memory or the page. A `change` says what is changed into what instead. Ids of the pages follow from the item's.
 */
export function withBooks(
  item: Item,
  page: { readonly name: string; readonly text: string },
  seed: number,
  change?: { readonly from: string; readonly to: string },
): BookedItem {
  const accepted = [...(item.accept ?? []), ...(item.reference === undefined ? [] : [item.reference])];
  const fact = change?.from ?? accepted.find((words) => saysWords(page.text, words));
  const open: Page = { id: `${item.id} open`, kind: "open", ...page };
  const misled = fact === undefined ? undefined : mislead(page.text, fact, seed, change?.to);
  if (fact === undefined || !misled) return { item: { ...item, pages: [{ page: open.id }] }, pages: [open] };
  const changed: Page = { id: `${item.id} misleading`, kind: "misleading", name: page.name, text: misled.text };
  const pages = [
    { page: open.id, says: fact },
    { page: changed.id, says: misled.to },
  ];
  return { item: { ...item, pages }, pages: [open, changed] };
}

const callings = "botanist violinist astronomer blacksmith surgeon poet engineer goalkeeper painter lawyer".split(" ");

function another(fact: string, text: string, seed: number): string {
  const random = seededRandom(seed);
  const calling = callings.filter((each) => !saysWords(text, each));
  // What is written small is a calling, where the questions ask who somebody is; a name in its place would be no sentence.
  if (/^\p{Ll}/u.test(fact) && calling.length > 0) return pick(random, calling);
  if (!/^\d+$/.test(fact)) {
    const [name = ""] = inventNames({ kind: /\s/.test(fact) ? "person" : "place", count: 1, seed, texts: [text] });
    return name;
  }
  const value = Number(fact);
  const off = integer(random, 1, Math.max(2, Math.min(30, Math.floor(value / 3))));
  return String(random() < 0.5 && value > off ? value - off : value + off);
}

/** Which of its memory and the page an answer follows. */
export type Follows = "memory" | "page" | "both" | "neither" | "noMemory";

export type BookKind = "closed" | Page["kind"];
export type FollowCounts = Readonly<Record<Follows, number>>;

export interface BookRow {
  readonly reading: Reading;
  /** Name of the page, and whether it misleads. */
  readonly page: string;
  readonly kind: Page["kind"];
  /** What each answer follows, in the order of the answers. */
  readonly answers: readonly Follows[];
  readonly counts: FollowCounts;
}

const noneFollow: FollowCounts = { memory: 0, page: 0, both: 0, neither: 0, noMemory: 0 };

/**
 * Memory against the page, for each page of an item. Memory is what the greedy answer says with the book closed; where most
 * closed-book answers disagree with it or refuse, there is no memory to hold against the page. An answer follows the page
 * where it says what the page answers, and memory where it means what the closed book said or holds the same accepted words.
 */
export function memoryAgainstPage(report: HallucinationReport, item: string, read = readCell): BookRow[] {
  const closed = report.cells.get(cellKey({ item, book: closedBook }));
  if (!closed) return [];
  const memory = memoryOf(read(closed));
  return (closed.of.pages ?? []).flatMap(({ page: id, says }): BookRow[] => {
    const cell = report.cells.get(cellKey({ item, book: id }));
    const page = report.spec.pages.find((each) => each.id === id);
    if (!cell || !page) return [];
    const reading = read(cell);
    const answers = reading.answers.map(({ event }) => follows(event.text, memory, says ?? closed.of.reference));
    const counts = { ...noneFollow };
    for (const each of answers) counts[each]++;
    return [{ reading, page: page.name, kind: page.kind, answers, counts }];
  });
}

/** Of the closed book: how many of its answers say what the greedy one does, where most do. */
export function memoryAlone(reading: Reading): FollowCounts {
  const memory = memoryOf(reading);
  const own = memory ? reading.answers.filter(({ event }) => remembers(event.text, memory)).length : 0;
  const others = reading.answers.length - own;
  return { ...noneFollow, memory: own, ...(memory ? { neither: others } : { noMemory: others }) };
}

interface Memory {
  readonly text: string;
  /** The accepted words it holds: the fact itself, where it is known. */
  readonly words: string | undefined;
}

function memoryOf({ cell, answers, greedy }: Reading): Memory | undefined {
  const text = cell.answers.get(greedyAnswer)?.text;
  if (text === undefined || text.trim() === "" || greedy?.refused) return undefined;
  const accepted = [...(cell.of.accept ?? []), ...(cell.of.reference === undefined ? [] : [cell.of.reference])];
  const words = accepted.find((each) => saysWords(text, each));
  const memory = { text, words };
  return answers.filter(({ event }) => remembers(event.text, memory)).length * 2 > answers.length ? memory : undefined;
}

function remembers(answer: string, { text, words }: Memory): boolean {
  return normalAnswer(answer) === normalAnswer(text) || (words !== undefined && saysWords(answer, words));
}

function follows(answer: string, memory: Memory | undefined, says: string | undefined): Follows {
  const page = says !== undefined && saysWords(answer, says);
  const own = memory !== undefined && remembers(answer, memory);
  if (page && own) return "both";
  if (page) return "page";
  if (own) return "memory";
  return memory ? "neither" : "noMemory";
}
