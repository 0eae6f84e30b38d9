import type { Asked } from "../../experiments/interrogation/report";
import type { Heat, PartSummary } from "../../experiments/interrogation/summary";
import { advanced, type Mark } from "../marks/followedRange";

/** A stretch of a document that questions were asked about. */
export interface KnowledgeMark extends Mark {
  /** Its place in the file as it was asked about: names it over further answers. */
  readonly asked: number;
  readonly section: string;
  /** Answers that were right, of those that were marked; questions are the unit of the interval. */
  readonly right: Heat["right"];
  readonly questions: readonly Asked[];
}

/** A heading with what is known of the section under it. */
export interface HeadingMark extends Mark {
  readonly section: PartSummary;
}

/** The headings of a text whose sections were asked about. */
export function placedHeadings(text: string, sections: readonly PartSummary[]): HeadingMark[] {
  const names = new Map(sections.map((section) => [section.section, section]));
  let [line, from] = [0, 0];
  return [...text.matchAll(/^#{1,6}[ \t]+(.+?)[ \t#]*$/gm)].flatMap((found): HeadingMark[] => {
    const { index } = found;
    const [heading, name] = found;
    line += text.slice(from, index).split("\n").length - 1;
    from = index;
    const section = names.get(name!);
    const range = { start: { line, character: 0 }, end: { line, character: heading.trimEnd().length } };
    return section ? [{ range, text: heading.trimEnd(), stale: false, section }] : [];
  });
}

/**
 * The stretches of a file where they stand in a text: each keeps the place of its mark from before; a new one is looked for
 * where it stood, else where its very words stand nearest to that. Those whose words are gone are left out.
 */
export function placedKnowledge(
  text: string,
  heat: readonly Heat[],
  asked: ReadonlyMap<string, Asked>,
  before: readonly KnowledgeMark[],
): KnowledgeMark[] {
  const known = new Map(before.map((mark) => [mark.asked, mark]));
  const crlf = text.includes("\r\n");
  return heat.flatMap(({ start, right, questions: ids }): KnowledgeMark[] => {
    const questions = ids.map((id) => asked.get(id)).filter((each) => each !== undefined);
    const [first] = questions;
    if (!first) return [];
    const facts = { asked: start, section: first.snippet.section, right, questions };
    const mark = known.get(start);
    if (mark) return [{ ...mark, ...facts }];
    const own = stretchOf(first).replace(/\r\n?|\n/g, crlf ? "\r\n" : "\n");
    const at = nearest(text, own, start);
    if (at === undefined) return [];
    const from = advanced({ line: 0, character: 0 }, text.slice(0, at));
    return [{ ...facts, range: { start: from, end: advanced(from, own) }, text: own, stale: false }];
  });
}

/** The words that a question is about; of a file of facts, the question as its row has it. */
function stretchOf({ snippet, start, end }: Asked): string {
  const [given] = snippet.questions ?? [];
  if (given) return JSON.stringify(given.text).slice(1, -1);
  return snippet.text.slice(start - snippet.start, end - snippet.start);
}

/** Where `wanted` stands in a text, as near to `near` as can be. */
function nearest(text: string, wanted: string, near: number): number | undefined {
  if (wanted === "") return undefined;
  const [before, after] = [text.lastIndexOf(wanted, near), text.indexOf(wanted, near)];
  if (before < 0 || after < 0) return before < 0 && after < 0 ? undefined : Math.max(before, after);
  return near - before <= after - near ? before : after;
}
