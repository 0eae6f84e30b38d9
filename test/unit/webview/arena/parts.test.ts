import { describe, expect, it } from "vitest";
import { costWords } from "../../../../webview/arena/costWords";
import { emptyState } from "../../../../webview/arena/emptyState";
import { firstView, restored } from "../../../../webview/arena/view";
import { keepable } from "../../../../webview/runs/keptState";
import { ownTokens } from "../../../../webview/runs/ownTokens";

describe("tokens of an answer", () => {
  it("are those of its text: a blank before it and what ended it are left out", () => {
    const tokens = [" ", "Par", "is", ".\n", "Question"];
    const logProbs = [-1, -2, null, -3, -4];
    expect(ownTokens("Paris.", { tokens, logProbs })).toEqual([
      { text: "Par", logProb: -2 },
      { text: "is", logProb: null },
      { text: ".", logProb: -3 },
    ]);
    expect(ownTokens("", { tokens: [], logProbs: [] })).toEqual([]);
  });
});

describe("what a panel keeps over a reload", () => {
  it("comes back, and is first values where it is none of ours; it holds nothing of a pair", () => {
    const view = { drawer: "none", tinted: true } as const;
    const { names, rounds, seed, prompts } = emptyState.setup;
    const contestant = {
      ...{ id: "1", name: "", model: "m", template: "{prompt}", chat: true, system: "", stops: [], maxTokens: 64 },
      sampler: { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1 },
    };
    const setup = { contestants: [contestant, { ...contestant, id: "2" }], names, rounds, seed, prompts };
    const kept = keepable({ run: "file:///a", setup }, view);
    expect(restored(JSON.parse(JSON.stringify(kept)))).toEqual({ host: { run: "file:///a", setup }, view });
    expect(restored({ version: 2 })).toEqual({ host: { run: null, setup: null }, view: firstView });
    expect(Object.keys(kept).sort()).toEqual(["run", "setup", "version", "view"]);
    expect(Object.keys(firstView).sort()).toEqual(["drawer", "tinted"]);
  });
});

describe("what a comparison costs", () => {
  it("is said in answers, tokens and pairs", () => {
    expect(costWords({ answers: 6, tokensAtMost: 1536, pairs: 3 })).toBe(
      "6 answers, at most 1,536 tokens, 3 pairs to vote on",
    );
    expect(costWords({ answers: 1, tokensAtMost: 64, pairs: 0 })).toBe("1 answer, at most 64 tokens");
  });
});
