import { describe, expect, it } from "vitest";
import type { QuestionPage } from "../../../../webview/reasoning/questions";
import { withStreamed } from "../../../../webview/reasoning/streams";

const page: QuestionPage = {
  index: 0,
  id: "q",
  text: "?",
  answer: null,
  choices: [],
  steps: null,
  family: null,
  cells: [],
  running: [{ model: "m", arm: "a", question: "q", sample: 0, tokens: ["one"] }],
  edits: [],
};
const part = (sample: number, from: number, ...tokens: string[]) => ({
  model: "m",
  arm: "a",
  question: "q",
  sample,
  from,
  tokens,
});

describe("answers that are being written", () => {
  it("grow by what fits on, and begin", () => {
    const { running } = withStreamed(page, [part(0, 1, " two"), part(1, 0, "other"), part(0, 2, " three")]);
    expect(running.map(({ tokens }) => tokens.join(""))).toEqual(["one two three", "other"]);
  });

  it("stay as they are where something was missed or belongs elsewhere", () => {
    expect(withStreamed(page, [part(0, 5, "?"), part(2, 3, "?"), { ...part(0, 1, "?"), question: "r" }])).toEqual(page);
    expect(page.running[0]!.tokens).toEqual(["one"]);
  });
});
