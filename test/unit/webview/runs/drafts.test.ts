import { expect, it } from "vitest";
import { defaultArms } from "../../../../src/experiments/reasoning/arms";
import * as explorer from "../../../../webview/explorer/view";
import * as interrogation from "../../../../webview/interrogation/view";
import * as reasoning from "../../../../webview/reasoning/view";
import { keepable } from "../../../../webview/runs/keptState";

const host = { run: null, setup: null };
/** What VS Code gives back: it keeps JSON. */
const kept = <T>(state: T): T => JSON.parse(JSON.stringify(state));

it("keeps what is being written over a reload", () => {
  const prompts = { ...explorer.firstView, prompt: "Once upon", next: " a", other: "" };
  expect(explorer.restored(kept(explorer.keepable("d", prompts))).view).toEqual(prompts);
  const draft = { run: "2026-01-01T00:00:00.000Z", question: null, file: "a.md", line: 3, text: "Who?", answer: "" };
  const written = { ...interrogation.firstView, draft };
  expect(interrogation.restored(kept(keepable(host, written))).view).toEqual(written);
  const hand = { side: { model: "m", arm: "steps" }, sample: 0 };
  const change = { run: draft.run, question: "q1", hand, start: 2, end: 9, text: "", planted: false, before: "\n" };
  const changed = { ...reasoning.firstView, change, draft: { arm: { ...defaultArms[0]!, name: "" }, stops: "\\n" } };
  expect(reasoning.restored(kept(keepable(host, changed))).view).toEqual(changed);
});

it("reads what was kept before there were drafts", () => {
  const { prompt, next, other, ...old } = explorer.firstView;
  expect(explorer.restored({ version: 1, draft: null, view: { ...old, all: true } }).view).toEqual({
    ...explorer.firstView,
    all: true,
  });
  const { change, draft, ...before } = reasoning.firstView;
  const view = { ...before, continuations: 7 };
  expect(reasoning.restored({ version: 1, ...host, view }).view).toEqual({ ...reasoning.firstView, continuations: 7 });
});
