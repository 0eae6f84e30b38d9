import { describe, expect, it } from "vitest";
import { claimMarkdown } from "../../../../src/editor/claims/claimCard";
import type { ClaimFinding } from "../../../../src/editor/claims/claimFinding";
import type { ClaimMark } from "../../../../src/editor/claims/claimMark";
import { scaleSvg } from "../../../../src/editor/claims/claimPictures";
import { progressText, summaryText } from "../../../../src/editor/claims/claimWords";
import { refuseClaims, refuseProbe } from "../../../../src/editor/claims/refusals";
import { palettes } from "../../../../src/editor/surprisal/palette";
import { askedItem } from "../../../../src/experiments/hallucination/askedItems";
import { fitReadings } from "../../../../src/experiments/hallucination/controls";
import { probeSpec } from "../../../../src/experiments/hallucination/defaults";
import { hallucination } from "../../../../src/experiments/hallucination/hallucination";
import { type Reading, readCell } from "../../../../src/experiments/hallucination/reading";
import { closedBook, greedyAnswer, type Item } from "../../../../src/experiments/hallucination/spec";
import { verdictOf } from "../../../../src/experiments/hallucination/verdict";
import { elementsOf } from "../../svg";

/** What follows from some answers to a question. */
function reading(item: Item, ...answers: readonly string[]): Reading {
  let report = hallucination.start(probeSpec({ probed: "m", judge: null, items: [item], samples: answers.length }));
  for (const [index, text] of [answers[0]!, ...answers].entries())
    report = hallucination.add(report, {
      ...{ type: "answer", item: item.id, book: closedBook, sample: index - 1 + (greedyAnswer + 1), seed: 1, text },
      ...{ reason: "endToken", tokens: [text], logProbs: [-0.1 * answers.length] },
    });
  return readCell([...report.cells.values()][0]!);
}

const control = (group: "known" | "invented", index: number): Reading => {
  const item: Item = { id: `${group} ${index}`, text: "Who was X?", group };
  return group === "known" ? reading(item, "a", "a", "a") : reading(item, "a", "b", index === 0 ? "b" : "c");
};
const fits = fitReadings([0, 1, 2, 3, 4].flatMap((index) => [control("known", index), control("invented", index)]));

function markOf(question: string, answers: readonly string[], stale = false): ClaimMark {
  const own = reading(askedItem({ id: "1", text: question, reference: "poet" }), ...answers);
  const model = { name: "A model" };
  const finding: ClaimFinding = { reading: own, verdict: verdictOf(own, fits), model, failure: undefined, at: 0 };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
  return { id: 1, range, text: "claim", stale, question, finding };
}

const links = { open: "command:open", again: "command:again", clear: "command:clear" };
const colors = { known: "#59A4F9", invented: "#E2963C" };
const card = (mark: ClaimMark): string =>
  claimMarkdown({ mark, palette: palettes.dark, colors, secondsAgo: 12, links });

/** Without pictures and tags. */
const plain = (markdown: string): string =>
  markdown
    .replace(/<br>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("\u00a0", " ");

describe("the hover of a claim", () => {
  it("says the verdict with its confidence, what was asked, the meanings with their shares, and what can be done", () => {
    const text = plain(card(markOf("Who was Orson Kovacs?", ["a poet", "a poet", "a king", "a cook", "a saint"])));
    expect(text).toMatch(/\*\*\? Guesses\*\*.*A model was asked: “Who was Orson Kovacs\?” The text says “poet”\./);
    expect(text).toMatch(/gave four different answers/);
    expect(text).toMatch(/semantic entropy 1\.92 bits.*known 0\.0, ○ invented 1\.6 .medians/s);
    expect(text).toMatch(/40 %/);
    expect(text).toMatch(/Probe again.*Open in the probe panel.*Clear marks.*Asked 12 s ago/);
    expect(plain(card(markOf("Who was Orson Kovacs?", ["a poet"], true)))).toMatch(/changed since it was probed/);
  });

  it("lists few meanings and counts the others", () => {
    const text = plain(card(markOf("Who was X?", ["a", "b", "c", "d", "e", "f", "g"])));
    expect(text).toMatch(/and 4 other meanings/);
  });

  it("has no HTML, link or code of what it probed or was told", () => {
    const hostile = "</code><img src=x onerror=alert(1)> [run](command:evil) `x` **b** <script>";
    const html = card(markOf(`${hostile} Who was it?`, [hostile, "other", "third"]));
    expect(html.match(/<(?!\/?(?:code|span|img|a|br)\b)/g)).toBeNull();
    expect(html).not.toMatch(/<img src=x|\]\(command|<script|\*\*b/);
    const targets = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target!);
    expect(targets.every((target) => /^(?:data:image\/svg|command:(?:open|again|clear)$)/.test(target))).toBe(true);
  });

  it("draws every control and the claim's own value", () => {
    const { evidence } = markOf("Who was X?", ["a", "b", "c"]).finding!.verdict;
    const shown = evidence.find(({ fit }) => fit.name === "semanticEntropy")!;
    expect(elementsOf(scaleSvg(shown, palettes.dark, colors)).filter((name) => name === "circle")).toHaveLength(10);
  });
});

describe("words around claims", () => {
  it("sum up what was told, and say what changed since", () => {
    const guess = markOf("Who was X?", ["a", "b", "c"]);
    const known = markOf("Who was Y?", ["a poet", "a poet", "a poet"], true);
    expect(summaryText([guess, known, guess])).toBe("Knows 1 · Guesses 2 · changed since 1");
    expect(summaryText([{ ...guess, finding: undefined }])).toBeUndefined();
  });

  it("say how far a probe is", () => {
    const document = undefined as never; // the words do not look at it
    expect(progressText({ document, message: "Asking", done: 3, total: 1200 })).toBe("Asking: 3 of 1,200 questions");
    expect(progressText({ document, message: "Loading the model", done: 0, total: 0 })).toBe("Loading the model");
  });
});

describe("what is not probed", () => {
  const fine = { trusted: true, busy: false, binary: false, characters: 200 };

  it("is refused with the reason, and the limit where there is one", () => {
    expect(() => refuseProbe(fine)).not.toThrow();
    expect(() => refuseProbe({ ...fine, trusted: false })).toThrow(/folder that you have not trusted/);
    expect(() => refuseProbe({ ...fine, busy: true })).toThrow(/stop them first/);
    expect(() => refuseProbe({ ...fine, binary: true })).toThrow(/looks binary/);
    expect(() => refuseProbe({ ...fine, characters: 5 * 1024 * 1024 })).toThrow(/5,242,880 characters; at most 50,000/);
    expect(() => refuseClaims(0)).toThrow(/No claim is selected/);
    expect(() => refuseClaims(101)).toThrow(/101 sentences; at most 100/);
    expect(() => refuseClaims(100)).not.toThrow();
  });
});
