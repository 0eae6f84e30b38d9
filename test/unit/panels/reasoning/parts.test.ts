import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import { defaultArms } from "../../../../src/experiments/reasoning/arms";
import { reasoning } from "../../../../src/experiments/reasoning/reasoning";
import { type ReasoningEvent, type ReasoningSpec, sampleKey } from "../../../../src/experiments/reasoning/spec";
import { summarise } from "../../../../src/experiments/reasoning/summary";
import { greedySampler } from "../../../../src/inference/engine";
import { figuresView } from "../../../../src/panels/reasoning/figuresView";
import { questionPage } from "../../../../src/panels/reasoning/pageView";
import { QuestionIndex } from "../../../../src/panels/reasoning/questionIndex";
import { changed, firstSetup, setupOf, specOf, withArm, withoutArm } from "../../../../src/panels/reasoning/setups";
import { LiveAnswers } from "../../../../src/panels/runs/liveAnswers";
import { inSlices } from "../../../../src/tokens/slices";
import { figures } from "../../../../webview/reasoning/figures";
import {
  type AnswerId,
  questionPage as pageSchema,
  questionRow,
  type Streamed,
} from "../../../../webview/reasoning/questions";

const [direct, steps] = defaultArms as [(typeof defaultArms)[number], (typeof defaultArms)[number]];
const spec: ReasoningSpec = {
  models: ["m"],
  questions: [
    { id: "1", text: "What is 2 plus 2?", answer: "4", steps: 1 },
    { id: "2", text: "What is 3 plus 3?", answer: "6", steps: 1 },
    { id: "3", text: "Who knows?" },
  ],
  arms: [direct, steps],
  samples: 1,
  sampler: greedySampler,
  seed: 1,
  grader: { kind: "number" },
  chat: true,
};

function sample(question: string, arm: string, text: string, more: Partial<ReasoningEvent> = {}): ReasoningEvent {
  const tokens = text.split(/(?<= )/);
  const logProbs = tokens.map(() => -0.5);
  const base = { type: "sample", model: "m", question, arm, sample: 0, seed: 7, text, reason: "endToken" } as const;
  return { ...base, tokens, logProbs, ...more } as ReasoningEvent;
}

/** The report and the index after some events. */
function after(events: readonly ReasoningEvent[]) {
  let report = reasoning.start(spec);
  const index = new QuestionIndex(spec);
  for (const event of events) {
    report = reasoning.add(report, event);
    index.add(event, event.type === "sample" ? report.answers.at(report.answers.length - 1) : undefined);
  }
  return { report, index };
}

const answered = after([
  sample("1", "direct", "5"),
  sample("1", "steps", "2 plus 2 is 4. Answer: 4"),
  sample("2", "direct", "6"),
  sample("2", "steps", "I see no", { reason: "maxTokens" }),
  { type: "failed", model: "m", question: "3", arm: "direct", message: "too long" },
]);

async function placesOf(
  { report, index }: typeof answered,
  filter: Parameters<QuestionIndex["filtered"]>[1],
  query = "",
) {
  const { rows, counts } = (await inSlices(index.filtered(report, filter, query), new AbortController().signal))!;
  return { places: rows, counts };
}

describe("rows and filters", () => {
  it("say what each arm answered, with nothing where nothing is graded", () => {
    const row = v.parse(questionRow, answered.index.row(answered.report, 1));
    expect(row.cells.map(({ verdict, said, truncated }) => [verdict, said, truncated])).toEqual([
      ["right", "6", 0],
      ["unparsed", null, 1],
    ]);
    expect(answered.index.row(answered.report, 2).cells.map(({ failed, verdict }) => [failed, verdict])).toEqual([
      [true, null],
      [false, null],
    ]);
  });

  it("leave the questions they name", async () => {
    const { counts } = await placesOf(answered, "all");
    expect(counts).toEqual({
      all: 3,
      differ: 2,
      onlySecond: 1,
      onlyFirst: 1,
      bothWrong: 0,
      wrong: 2,
      unparsed: 1,
      cutOff: 1,
    });
    expect((await placesOf(answered, "onlySecond")).places).toEqual([0]);
    expect((await placesOf(answered, "all", "3 PLUS")).places).toEqual([1]);
  });

  it("take in a correction and a question that was asked again", async () => {
    const { report, index } = after([
      sample("1", "steps", "Answer: 5"),
      { type: "failed", model: "m", question: "1", arm: "direct", message: "too long" },
    ]);
    expect(index.row(report, 0).cells.map(({ verdict, failed }) => [verdict, failed])).toEqual([
      [null, true],
      ["wrong", false],
    ]);
    const events: ReasoningEvent[] = [
      { type: "corrected", model: "m", question: "1", arm: "steps", sample: 0, verdict: "right" },
      sample("1", "direct", "4"),
    ];
    const now = events.reduce((before, event) => {
      const next = reasoning.add(before, event);
      index.add(event, event.type === "sample" ? next.answers.at(next.answers.length - 1) : undefined);
      return next;
    }, report);
    expect(index.row(now, 0).cells.map(({ verdict, failed }) => [verdict, failed])).toEqual([
      ["right", false],
      ["right", false],
    ]);
  });
});

describe("what the panel is sent", () => {
  it("is what the contract says, also where numbers are unbounded", () => {
    const few = after([sample("1", "direct", "4"), sample("1", "steps", "Answer: 4")]);
    const view = JSON.parse(JSON.stringify(figuresView(few.report, summarise(few.report), true)));
    const sent = v.parse(figures, view);
    expect(sent.comparisons[0]).toMatchObject({ needed: null });
    expect(sent.findings).toEqual([{ model: "m", kind: "tooFew", comparison: null }]);
    const failed = v.parse(figures, figuresView(answered.report, summarise(answered.report), false));
    expect(failed.arms.map((arm) => arm.failed)).toEqual([1, 0]);
  });

  it("gives a question's steps the tokens that begin in them, and all of them add up", () => {
    const page = v.parse(pageSchema, questionPage(answered.report, answered.index, "1", []));
    const [answer] = page.cells[1]!.samples;
    expect(answer?.steps).toEqual([{ start: 0, end: 14, tokens: 5 }]);
    expect(answer?.tokens).toBe(7);
    expect(questionPage(answered.report, answered.index, "nobody", [])).toBeUndefined();
  });
});

describe("answers that are being written", () => {
  it("are streamed for the question in view alone, each token once", () => {
    vi.useFakeTimers();
    const sent: Streamed[][] = [];
    let inView = "1";
    const live = new LiveAnswers<AnswerId>({
      key: sampleKey,
      inView: ({ question }) => question === inView,
      send: (parts) => sent.push(parts),
    });
    const task = { model: "m", question: "1", arm: "direct", sample: 0 };
    live.token(task, "a");
    live.token({ ...task, question: "2" }, "x");
    live.token(task, "b");
    vi.runAllTimers();
    live.token(task, "c");
    vi.runAllTimers();
    expect(sent).toEqual([[{ ...task, from: 0, tokens: ["a", "b"] }], [{ ...task, from: 2, tokens: ["c"] }]]);
    inView = "2";
    expect(live.shown()).toEqual([{ ...task, question: "2", tokens: ["x"] }]);
    expect(live.first).toEqual(task);
    expect(live.tokensOf(task)).toEqual(["a", "b", "c"]);
    live.token({ ...task, question: "2" }, "y");
    vi.runAllTimers();
    expect(sent[2]).toEqual([{ ...task, question: "2", from: 1, tokens: ["y"] }]);
    expect([live.heard, live.unfinished]).toEqual([5, 5]);
    live.whole(task);
    expect([live.first, live.heard, live.unfinished]).toEqual([{ ...task, question: "2" }, 5, 2]);
    vi.useRealTimers();
  });
});

describe("setups", () => {
  const setup = firstSetup("m");
  const questions = { list: spec.questions, source: { kind: "typed" }, problem: null } as const;

  it("come to a spec and back to themselves", () => {
    const made = specOf(setup, questions);
    expect(made.arms).toHaveLength(defaultArms.length);
    expect(setupOf(made, setup)).toEqual({ ...setup, source: { kind: "run" } });
    const fewer = changed(setup, { arms: [{ id: "direct", on: false }] });
    expect(fewer.arms.map(({ arm }) => arm.id)).toEqual(setup.arms.map(({ arm }) => arm.id));
    expect(specOf(fewer, questions).arms.map(({ id }) => id)).toEqual(["steps", "answerFirst", "code", "filler"]);
    expect(setupOf(specOf(fewer, questions), fewer).arms.at(-1)).toEqual({ arm: direct, on: false });
    const turned = changed(setup, { arms: setup.arms.map(({ arm: { id }, on }) => ({ id, on })).reverse() });
    expect(turned.arms.map(({ arm }) => arm.id)).toEqual(["filler", "code", "answerFirst", "steps", "direct"]);
  });

  it("draw answers instead of repeating the greedy one", () => {
    expect(changed(setup, { samples: 5 }).sampler.temperature).toBe(1);
    expect(changed(setup, { samples: 5, sampler: { ...greedySampler, temperature: 0.5 } }).sampler.temperature).toBe(
      0.5,
    );
    expect(changed(changed(setup, { samples: 5 }), { sampler: greedySampler }).sampler.temperature).toBe(0);
  });

  it("take arms of a person's own, and give default ones their texts back", () => {
    const own = { ...steps, id: "mine", name: "Mine", kind: "own" as const };
    const more = withArm(withArm(setup, own), { ...steps, chat: "{question} Hm." });
    expect(more.arms.at(-1)).toEqual({ arm: own, on: true });
    expect(withoutArm(withoutArm(more, "mine"), "steps")).toEqual(setup);
  });
});
