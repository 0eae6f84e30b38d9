import { describe, expect, it } from "vitest";
import { knowledgeMarkdown } from "../../../../src/editor/knowledge/knowledgeCard";
import { knowledgeLines } from "../../../../src/editor/knowledge/knowledgeLines";
import { type KnowledgeMark, placedHeadings, placedKnowledge } from "../../../../src/editor/knowledge/knowledgeMark";
import { heatPalettes, legendSvg, stripSvg } from "../../../../src/editor/knowledge/knowledgePictures";
import { followEdits } from "../../../../src/editor/marks/followedRange";
import { interrogation } from "../../../../src/experiments/interrogation/interrogation";
import type { InterrogationReport } from "../../../../src/experiments/interrogation/report";
import type { InterrogationEvent } from "../../../../src/experiments/interrogation/spec";
import { summarise } from "../../../../src/experiments/interrogation/summary";
import { greedySampler } from "../../../../src/inference/engine";
import { elementsOf } from "../../svg";

const page = [
  "# Chaplin",
  "",
  "## Early life",
  "",
  "He was born in London. He was five",
  "when he first went on.",
  "",
  "## The visit",
  "",
  "Orson Kovacs kept the light.",
  "",
].join("\n");

type Marks = string;

/** A run about the page: each sentence has a question, with its marks as letters (r, w, u). */
function run(marks: Readonly<Record<string, Marks>>, text = page): InterrogationReport {
  const snippet = (id: string, section: string, part: string) => ({
    ...{ id, file: "chaplin.md", section, text: part },
    ...{ start: text.indexOf(part), end: text.indexOf(part) + part.length },
    line: text.slice(0, text.indexOf(part)).split("\n").length,
  });
  const snippets = [
    snippet("1", "Early life", "He was born in London. He was five\nwhen he first went on."),
    snippet("2", "The visit", "Orson Kovacs kept the light."),
  ];
  let report = interrogation.start({
    ...{ probed: "m", writer: null, judge: null, snippets, questionsEach: 3, samples: 5 },
    ...{ sampler: greedySampler, seed: 1, maxTokens: 8, chat: true, consistent: 0.8 },
  });
  const add = (event: InterrogationEvent): void => {
    report = interrogation.add(report, event);
  };
  const model = {
    id: "m",
    name: "A model",
    kind: "builtIn",
    hasChatTemplate: true,
    addsBos: false,
    build: "b",
  } as const;
  add({ type: "model", role: "probed", model });
  for (const [index, [sentence, letters]] of Object.entries(marks).entries()) {
    const of = snippets.find((each) => each.text.includes(sentence))!;
    const id = `${of.id}.${index}`;
    const start = of.start + of.text.indexOf(sentence);
    const question = { text: `What of ${index}?`, answer: "that", start, end: start + sentence.length };
    add({ type: "question", id, snippet: of.id, ...question, by: "rule" });
    for (const [sample, letter] of [...letters].entries()) {
      add({ type: "answer", question: id, sample, seed: 1, text: "x", tokens: 1 });
      const mark = letter === "r" ? "right" : letter === "w" ? "wrong" : "uninformative";
      add({ type: "marked", question: id, sample, mark, how: "words" });
    }
  }
  return report;
}

const sentences = {
  "He was born in London.": "rrrrr",
  "He was five\nwhen he first went on.": "rrwww",
  "Orson Kovacs kept the light.": "wwwuw",
} as const;

function placed(text: string, report: InterrogationReport, before: readonly KnowledgeMark[] = []): KnowledgeMark[] {
  const { heat, questions } = summarise(report);
  return placedKnowledge(text, heat, new Map(questions.map(({ asked }) => [asked.id, asked])), before);
}

function textAt(text: string): (range: KnowledgeMark["range"]) => string {
  const lines = text.split("\n");
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return ({ start, end }) => text.slice(offset(start), offset(end));
}

describe("what is known, placed in a text", () => {
  it("stands where it was asked about, and where its words are now", () => {
    const report = run(sentences);
    for (const text of [page, `A line before.\n\n${page}`, page.replace("# Chaplin\n\n", "")]) {
      const marks = placed(text, report);
      expect(marks.map(({ range }) => textAt(text)(range))).toEqual(Object.keys(sentences));
      expect(marks.map(({ right }) => [right.successes, right.trials])).toEqual([
        [5, 5],
        [2, 5],
        [0, 5],
      ]);
      expect(marks.map(({ section }) => section)).toEqual(["Early life", "Early life", "The visit"]);
    }
    const crlf = page.replaceAll("\n", "\r\n");
    expect(placed(crlf, report).map(({ range }) => range)).toEqual(placed(page, report).map(({ range }) => range));
  });

  it("leaves out what stands there no more", () => {
    const marks = placed(page.replace("born in London", "born in Paris"), run(sentences));
    expect(marks.map(({ text }) => text)).not.toContain("He was born in London.");
    expect(marks).toHaveLength(2);
  });

  it("keeps its place over edits and further answers", () => {
    const first = placed(page, run({ ...sentences, "Orson Kovacs kept the light.": "" }));
    const edited = page.replace("Orson Kovacs kept", "Orson Kovacs once kept");
    const at = { line: 9, character: "Orson Kovacs ".length };
    const followed = followEdits(first, [{ range: { start: at, end: at }, text: "once " }], textAt(edited));
    const now = placed(edited, run(sentences), followed);
    expect(now.map(({ stale }) => stale)).toEqual([false, false, true]);
    expect(now[2]?.right.trials).toBe(5);
    expect(textAt(edited)(now[2]!.range)).toBe("Orson Kovacs once kept the light.");
  });

  it("finds rows of a file of facts by their question", () => {
    const text = '{"question": "Who \\"kept\\" the light?", "answer": "Kovacs"}\n';
    let report = interrogation.start({
      ...{ probed: "m", writer: null, judge: null, questionsEach: 3, samples: 1 },
      snippets: [
        {
          ...{ id: "1", file: "facts.jsonl", section: "", text: 'Who "kept" the light? Kovacs', line: 1 },
          ...{ start: 0, end: text.length - 1, questions: [{ text: 'Who "kept" the light?', answer: "Kovacs" }] },
        },
      ],
      ...{ sampler: greedySampler, seed: 1, maxTokens: 8, chat: true, consistent: 0.8 },
    });
    const question = { text: 'Who "kept" the light?', answer: "Kovacs", start: 0, end: text.length - 1 };
    report = interrogation.add(report, { type: "question", id: "1.1", snippet: "1", ...question, by: "file" });
    const [mark] = placed(text, report);
    expect(mark && textAt(text)(mark.range)).toBe('Who \\"kept\\" the light?');
  });
});

describe("the heat map", () => {
  const report = run(sentences);

  it("has a step for each line from all that was asked about what stands in it", () => {
    expect(knowledgeLines(placed(page, report))).toEqual([
      { line: 4, step: 4, share: 0.7, stale: false },
      { line: 5, step: 2, share: 0.4, stale: false },
      { line: 9, step: 0, share: 0, stale: false },
    ]);
    expect(knowledgeLines(placed(page, run({ "He was born in London.": "" })))).toEqual([]);
  });

  it("finds the headings of sections that were asked about", () => {
    const { sections } = summarise(report);
    expect(placedHeadings(page.replace("## The visit", "## The visit ##"), sections)).toMatchObject([
      { range: { start: { line: 2 } }, text: "## Early life", section: { section: "Early life", questions: 2 } },
      { range: { start: { line: 7 } }, section: { section: "The visit", right: { successes: 0, trials: 5 } } },
    ]);
  });

  it("says in the hover what was asked, what the section comes to, and what the colours mean", () => {
    const [, mark] = placed(page, report);
    const section = summarise(report).sections[0]!;
    const links = { open: (id?: string) => `command:open?${id ?? ""}`, hide: "command:hide" };
    const base = { mark, section, model: "A model", step: 2, palette: heatPalettes.dark, links };
    const html = knowledgeMarkdown(base);
    expect(html).toMatch(/\*\*40 %\*\*.*2 of 5 answers right, closed book, A model/s);
    expect(html).toMatch(/✓✓✗✗✗.*command:open\?1\.1.*What of 1\? that/s);
    expect(html).toMatch(/\*\*Early life\*\*.*70 % .*of 10 answers right.*keep the answer 1, teach .*leave out 1/s);
    expect(knowledgeMarkdown({ ...base, mark: { ...mark!, stale: true } })).toMatch(/changed since it was asked/);
    const hostile = { ...mark!.questions[0]!, text: "<img src=x> [a](command:evil)" };
    expect(knowledgeMarkdown({ ...base, mark: { ...mark!, questions: [hostile] } })).not.toMatch(
      /<img src=x|\]\(command/,
    );
  });

  it("draws none known as an outline, in every theme", () => {
    for (const palette of Object.values(heatPalettes)) {
      expect(stripSvg(0, palette)).toContain('fill="none"');
      expect(new Set([0, 1, 2, 3, 4, 5].map((step) => stripSvg(step, palette))).size).toBe(6);
      expect(elementsOf(legendSvg(palette, 3)).filter((name) => name === "rect")).toHaveLength(6);
    }
  });
});
