import { describe, expect, it } from "vitest";
import { documentText } from "../../../../src/experiments/interrogation/document";
import { interrogation } from "../../../../src/experiments/interrogation/interrogation";
import { type InterrogationReport, isOpen } from "../../../../src/experiments/interrogation/report";
import { factSnippets, headingsOf, snippetsOf } from "../../../../src/experiments/interrogation/snippets";
import type { InterrogationEvent, InterrogationSpec, Mark } from "../../../../src/experiments/interrogation/spec";
import { knownSections, summarise } from "../../../../src/experiments/interrogation/summary";
import { plainSampler } from "../../../../src/inference/engine";
import { shipped } from "../../tokenizers/shipped";

const text = "# One\r\n\r\nAnn lives here.  \n  Bob was born in 1900.\n\n## Two\n\nThe capital of Peru is Lima.\n";

async function specOf(): Promise<InterrogationSpec> {
  const files = [{ name: "a.md", text }];
  const snippets = [...snippetsOf(files, await shipped("o200k_base"), 200)];
  const settings = {
    questionsEach: 5,
    samples: 2,
    sampler: plainSampler,
    seed: 1,
    maxTokens: 8,
    chat: true,
    consistent: 0.8,
  };
  return { probed: "m", writer: null, judge: null, snippets, headings: files.flatMap(headingsOf), ...settings };
}

function reportOf(spec: InterrogationSpec, events: readonly InterrogationEvent[]): InterrogationReport {
  return events.reduce(interrogation.add, interrogation.start(spec));
}

const asked = (id: string, snippet: string, by: "rule" | "person" = "rule"): InterrogationEvent => {
  return { type: "question", id, snippet, text: `Question ${id}?`, answer: "yes", start: 9, end: 24, by };
};
const answered = (question: string, marks: readonly Mark[]): InterrogationEvent[] =>
  marks.flatMap((mark, sample): InterrogationEvent[] => [
    { type: "answer", question, sample, seed: sample, text: `answer ${sample}`, tokens: 2 },
    { type: "marked", question, sample, mark, how: "words" },
  ]);

describe("a text put together from a run", () => {
  it("has the file's own characters, offsets and lines where it was asked about", async () => {
    const spec = await specOf();
    const document = documentText(spec, "a.md");
    expect(document.headings).toEqual([1, 6]);
    for (const { start, end, text: part } of spec.snippets) expect(document.text.slice(start, end)).toBe(part);
    const words = (of: string) => of.split("\n").map((line) => line.trim());
    expect(words(document.text)).toEqual(words(text.trimEnd()));
  });

  it("of facts holds each question and answer in its row", () => {
    const rows = 'question,answer\nWho?,Ann\n"Is ""it"" so?",Yes\n';
    const snippets = factSnippets({ name: "f.csv", text: rows });
    expect(snippets.map(({ line, start, end }) => [line, rows.slice(start, end)])).toEqual([
      [2, "Who?,Ann"],
      [3, '"Is ""it"" so?",Yes'],
    ]);
    const lines = documentText({ snippets } as unknown as InterrogationSpec, "f.csv").text.split("\n");
    expect(lines.map((line) => line.trim())).toEqual(["", "Who? Ann", 'Is "it" so? Yes']);
  });
});

describe("what a person does", () => {
  it("is taken back step by step, and what models said since stays", async () => {
    const spec = await specOf();
    const run = [asked("1.1", "1"), ...answered("1.1", ["right", "wrong"]), asked("2.1", "2")];
    const steps: InterrogationEvent[] = [
      { type: "reviewed", question: "1.1", as: "accepted" },
      { type: "corrected", question: "1.1", sample: 1, mark: "right" },
      { type: "fixed", question: "1.1", text: "Another?", answer: "no" },
      asked("1.by hand 1", "1", "person"),
      { type: "reviewed", question: "2.1", as: "dropped" },
    ];
    const report = reportOf(spec, [...run, ...steps, ...answered("1.1", ["wrong", "wrong"])]);
    expect(report.questions.get("1.1")).toMatchObject({ text: "Another?", fixed: true, reviewed: undefined });
    expect(report.questions.get("1.1")!.before).toEqual([{ text: "Question 1.1?", answer: "yes" }]);
    const undo = (times: number) => reportOf(spec, [...run, ...steps, ...Array(times).fill({ type: "undone" })]);
    expect(undo(1).questions.get("2.1")?.reviewed).toBeUndefined();
    expect(undo(2).questions.get("1.by hand 1")?.reviewed).toBe("dropped");
    const unfixed = undo(3).questions.get("1.1")!;
    expect([unfixed.text, unfixed.answers.size, unfixed.corrections.get(1), unfixed.reviewed]).toEqual([
      "Question 1.1?",
      2,
      "right",
      "accepted",
    ]);
    expect(undo(4).questions.get("1.1")?.corrections.size).toBe(0);
    expect(undo(5)).toMatchObject({ step: undefined });
    // Nothing is left to take back, and nothing happens.
    expect(undo(7).questions.get("1.1")).toEqual(undo(5).questions.get("1.1"));
    const later = reportOf(spec, [
      asked("1.1", "1"),
      steps[0]!,
      ...answered("1.1", ["right", "right"]),
      { type: "undone" },
    ]);
    expect(later.questions.get("1.1")).toMatchObject({ reviewed: undefined });
    expect(later.questions.get("1.1")!.marks.size).toBe(2);
  });

  it("opens an ended run only where something is to be asked again", async () => {
    const spec = await specOf();
    const whole = [
      asked("1.1", "1"),
      ...answered("1.1", ["right", "right"]),
      { type: "ended", reason: "done" } as const,
    ];
    const ended = (...events: InterrogationEvent[]) => reportOf(spec, [...whole, ...events]);
    expect(ended({ type: "reviewed", question: "1.1", as: "accepted" }).ended).toBe("done");
    expect(ended({ type: "corrected", question: "1.1", sample: 0, mark: "wrong" }).ended).toBe("done");
    expect(ended({ type: "fixed", question: "1.1", text: "Other?", answer: "yes" }).ended).toBeUndefined();
    const more = ended({ type: "extended", samples: 4 });
    expect([more.ended, more.spec.samples, isOpen(more.spec, more.questions.get("1.1")!)]).toEqual([
      undefined,
      4,
      true,
    ]);
  });
});

it("names the sections that are shown to be known, and those shown not to be", async () => {
  const base = await specOf();
  const spec = { ...base, samples: 1 };
  const events = ["1", "2"].flatMap((snippet) =>
    Array.from({ length: 6 }, (_, index) => index + 1).flatMap((number) => {
      const id = `${snippet}.${number}`;
      return [asked(id, snippet), ...answered(id, [snippet === "1" ? "right" : "wrong"])];
    }),
  );
  const { knows, doesNotKnow } = knownSections(summarise(reportOf(spec, events)));
  expect([knows, doesNotKnow].map((parts) => parts.map(({ section }) => section))).toEqual([["One"], ["Two"]]);
  const few = knownSections(summarise(reportOf(spec, events.slice(0, 6))));
  expect(few.knows).toEqual([]);
});
