import { expect, it } from "vitest";
import { emptyState } from "../../../../webview/hallucination/emptyState";
import type { GreedyView, MarkView } from "../../../../webview/hallucination/items";
import { drawnTokens, stretches } from "../../../../webview/hallucination/tokens";
import { firstView, restored } from "../../../../webview/hallucination/view";
import { keepable } from "../../../../webview/runs/keptState";

const piece = (text: string): GreedyView["pieces"][number] => ({ text, logProb: -1, top: [] });
const mark = (from: number, to: number): MarkView => ({
  kind: "name",
  text: "",
  start: 0,
  end: 0,
  from,
  to,
  probability: null,
  weakest: null,
});

it("cuts off what only ended the answer and gives each token its claim", () => {
  const paris = mark(2, 4);
  const tokens = drawnTokens({
    text: "It is Paris",
    pieces: ["It", " is", " Par", "is\n", "\n"].map(piece),
    marks: [paris],
  });
  expect(tokens.map(({ text }) => text)).toEqual(["It", " is", " Par", "is"]);
  expect(tokens.map((token) => token.mark)).toEqual([undefined, undefined, paris, paris]);
  expect(stretches(tokens).map(({ mark: of, tokens: own }) => [of === paris, own.length])).toEqual([
    [false, 2],
    [true, 2],
  ]);
});

it("starts anew from a state it does not know, and keeps its own", () => {
  const host = { run: "file:///a.promptscope.jsonl", setup: emptyState.setup };
  expect(restored({ version: 9 })).toEqual({ host: { run: null, setup: null }, view: firstView });
  expect(restored(keepable(host, { ...firstView, listed: true }))).toEqual({
    host,
    view: { ...firstView, listed: true },
  });
  expect(restored({ ...keepable(host, firstView), view: { drawer: "<b>" } }).view).toEqual(firstView);
});
