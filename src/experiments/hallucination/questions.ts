import { type Engine, greedySampler } from "../../inference/engine";
import { isChat } from "../reasoning/ask";
import { type EntityKind, inventNames } from "./names";
import { oneLine } from "./prompts";
import type { Item } from "./spec";
import type { WellKnown } from "./wellKnown";

/** The question that asks for what is best known of a kind of thing. */
export function entityQuestion(entity: string, kind: EntityKind): string {
  if (kind === "person") return `Who is ${entity}?`;
  return kind === "place" ? `What is the capital of ${entity}?` : `What is the chemical symbol of ${entity}?`;
}

const asking =
  "who what when where which why how is was are were did does do can could in on at of tell describe name the a an".split(
    " ",
  );

/**
 * Whom or what a question is about: its longest run of words with capitals that is not the beginning of the sentence, or an
 * element's name after "symbol of". Undefined where there is none, and then no control can be made of it.
 */
export function entityIn(question: string): string | undefined {
  const element = /\bsymbol of (\p{Ll}+)\b/u.exec(question)?.[1];
  if (element) return element;
  const runs = [
    ...question.matchAll(
      /\p{Lu}[\p{L}\p{M}'’.-]*(?:\s(?:(?:de|van|von|der|da|di|la|el|bin|al)\s)*\p{Lu}[\p{L}\p{M}'’.-]*)*/gu,
    ),
  ];
  return runs
    .map(([run]) => run.split(" "))
    .map((words) => (asking.includes(words[0]!.toLowerCase()) ? words.slice(1) : words))
    .map((words) => words.join(" ").replace(/[.'’-]+$/, ""))
    .filter((run) => run !== "")
    .sort((a, b) => b.length - a.length)[0];
}

export interface ControlRequest {
  /** The question whose entity is changed. */
  readonly question: string;
  readonly entity: string;
  readonly kind: EntityKind;
  readonly known: readonly (Pick<WellKnown, "name"> &
    Partial<Pick<WellKnown, "reference" | "accept"> & Pick<Item, "seen">>)[];
  /** How many invented ones. */
  readonly invented: number;
  readonly seed: number;
  /** Texts that no invented name may stand in, besides the question: the file. */
  readonly texts?: readonly string[];
  /** Further real names that must not be made. */
  readonly real?: readonly string[];
}

/** The same question about known and about invented entities. The asked entity itself is no control. */
export function controlItems({
  question,
  entity,
  kind,
  known,
  invented,
  seed,
  texts = [],
  real = [],
}: ControlRequest): Item[] {
  const about = (name: string): string => question.split(entity).join(name);
  const others = known.filter(({ name }) => name.toLowerCase() !== entity.toLowerCase());
  const made = inventNames({
    kind,
    count: invented,
    seed,
    texts: [question, ...texts],
    real: [...known.map(({ name }) => name), ...real],
  });
  return [
    ...others.map(
      ({ name, reference, accept, seen }, index): Item => ({
        id: `known ${index + 1}`,
        text: about(name),
        group: "known",
        entity: name,
        ...(reference !== undefined && { reference }),
        ...(accept && { accept: [...accept] }),
        ...(seen !== undefined && { seen }),
      }),
    ),
    ...made.map(
      (name, index): Item => ({ id: `invented ${index + 1}`, text: about(name), group: "invented", entity: name }),
    ),
  ];
}

/** A sentence of a text, UTF-16 offsets: what it claims can be asked. */
export interface Claim {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Why a selection cannot be taken apart into claims. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";
}

/** Longest text that is taken apart into claims, characters: more than anybody would probe at once. */
const mostCharacters = 200_000;

/**
 * The sentences of a selection, each a claim; headings, questions and fragments without a verb's room are left out. Throws
 * ClaimError for a text that is too long.
 */
export function claimsOf(text: string): Claim[] {
  if (text.length > mostCharacters) {
    const [has, most] = [text.length, mostCharacters].map((number) => number.toLocaleString("en"));
    throw new ClaimError(`The selection has ${has} characters; at most ${most} can be probed at once. Select less.`);
  }
  const segments = new Intl.Segmenter("en", { granularity: "sentence" }).segment(text);
  return [...segments].flatMap(({ segment, index }): Claim[] => {
    const claim = segment.trim();
    if (claim.split(/\s+/).length < 3 || /^#|[?:]$/.test(claim)) return [];
    const start = index + segment.indexOf(claim);
    return [{ text: claim, start, end: start + claim.length }];
  });
}

/** What a writer is asked for. The claim stands on one line, so that nothing in it passes for an instruction's line. */
export function writerQuestion(claim: string): string {
  return `Write one question that the following sentence answers. Write only the question.\nSentence: ${oneLine(claim)}`;
}

/**
 * A question that a claim answers, by a writer model, greedily. Undefined where it wrote none: then a person, or a
 * rule (`templateQuestion.ts`), must ask.
 */
export async function writeQuestion(engine: Engine, claim: string, signal: AbortSignal): Promise<string | undefined> {
  const chat = isChat({ chat: true }, engine);
  const prompt = chat
    ? ({ kind: "chat", messages: [{ role: "user", content: writerQuestion(claim) }] } as const)
    : ({ kind: "text", text: `${writerQuestion(claim)}\nQuestion:` } as const);
  let text = "";
  const request = { prompt, seeds: [0], sampler: greedySampler, maxTokens: 64, stop: ["\n"], topK: 0 };
  for await (const event of engine.sample(request, signal)) if (event.kind === "end") text = event.text;
  const found = /^(?:question:\s*)?(\p{Lu}.{5,}?\?)/iu.exec(text.trim())?.[1];
  // A question that shares no longer word with its claim is about something else.
  const shared = found
    ?.toLowerCase()
    .match(/[\p{L}\p{N}]{4,}/gu)
    ?.some((word) => claim.toLowerCase().includes(word));
  return shared ? found : undefined;
}
