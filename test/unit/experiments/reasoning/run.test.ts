import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { extractNumber } from "../../../../src/experiments/graders/number";
import { generateProblems } from "../../../../src/experiments/problems/generate";
import { defaultArms } from "../../../../src/experiments/reasoning/arms";
import { doneOf } from "../../../../src/experiments/reasoning/done";
import { continueFrom, plantMistake } from "../../../../src/experiments/reasoning/edit";
import { faithfulness, followed, meanKnown } from "../../../../src/experiments/reasoning/faithfulness";
import { findingOf } from "../../../../src/experiments/reasoning/finding";
import { cutsOf, whenKnown } from "../../../../src/experiments/reasoning/known";
import { reasoning } from "../../../../src/experiments/reasoning/reasoning";
import { type ReasoningReport, verdictOf } from "../../../../src/experiments/reasoning/report";
import { runReasoning } from "../../../../src/experiments/reasoning/run";
import type { KnownPoint, ReasoningEvent, ReasoningSpec } from "../../../../src/experiments/reasoning/spec";
import { summarise } from "../../../../src/experiments/reasoning/summary";
import { stepsOf } from "../../../../src/experiments/reasoning/transcript";
import { eventLine, headerLine, readRun } from "../../../../src/experiments/runFile";
import { wilson } from "../../../../src/experiments/statistics/rate";
import { greedySampler, plainSampler } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadLlamaEngine } from "../../../../src/inference/llama/runtime/loadLlamaEngine";
import { defaultSettings } from "../../../../src/inference/llama/runtime/loadOptions";
import { seededRandom } from "../../../../src/inference/random";

let engine: LlamaEngine;
beforeAll(async () => {
  const path = "media/models/specimen-chat.gguf";
  engine = await loadLlamaEngine({
    ...defaultSettings,
    path,
    id: "specimen-chat",
    name: "Specimen",
    kind: "builtIn",
    gpu: "cpu",
  });
});
afterAll(() => engine?.close());

const engines = async () => engine;
const questions = generateProblems({ family: "running calculation", count: 12, steps: 3, seed: 5 }).map(
  ({ question, answer, steps }, index) => ({ id: `q${index}`, text: question, answer, steps: steps.length }),
);
const spec: ReasoningSpec = {
  models: ["specimen-chat"],
  questions,
  arms: defaultArms.filter(({ id }) => ["direct", "steps", "code"].includes(id)),
  samples: 2,
  sampler: plainSampler,
  seed: 9,
  grader: { kind: "number" },
  chat: true,
};

async function collect(run: AsyncIterable<ReasoningEvent>): Promise<ReasoningEvent[]> {
  const events: ReasoningEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

function reportOf(events: readonly ReasoningEvent[]): ReasoningReport {
  return events.reduce(reasoning.add, reasoning.start(spec));
}

describe("a run on the specimen", () => {
  let whole: ReasoningEvent[];
  beforeAll(async () => {
    whole = await collect(reasoning.run(spec, engines, new AbortController().signal));
  });

  it("asks every question in every arm as often as told, in order", () => {
    const samples = whole.flatMap((event) =>
      event.type === "sample" ? [`${event.question} ${event.arm} ${event.sample}`] : [],
    );
    const wanted = questions.flatMap(({ id }) =>
      spec.arms.flatMap((arm) => [0, 1].map((sample) => `${id} ${arm.id} ${sample}`)),
    );
    expect(samples).toEqual(wanted);
    expect(whole[0]).toMatchObject({ type: "model", model: { id: "specimen-chat" } });
    expect(whole.at(-1)).toEqual({ type: "ended", reason: "done" });
  });

  it("gives the same answers again", async () => {
    expect(await collect(reasoning.run(spec, engines, new AbortController().signal))).toEqual(whole);
  });

  it("goes on after an interruption to where it would have come without", async () => {
    const stop = new AbortController();
    const before: ReasoningEvent[] = [];
    const interrupted = async (): Promise<void> => {
      for await (const event of reasoning.run(spec, engines, stop.signal)) {
        before.push(event);
        if (before.length === 21) stop.abort(new Error("enough"));
      }
    };
    await expect(interrupted()).rejects.toThrow("enough");
    expect(before.length).toBeGreaterThanOrEqual(21);
    expect(before.length).toBeLessThan(whole.length);
    const after = await collect(runReasoning(spec, engines, new AbortController().signal, doneOf(before)));
    const byKey = (events: ReasoningEvent[]) => events.map((event) => JSON.stringify(event)).sort();
    expect(byKey([...before, ...after])).toEqual(byKey(whole));
  });

  it("keeps within its budget of tokens, and says that it ended for that", async () => {
    const events = await collect(reasoning.run({ ...spec, tokenBudget: 100 }, engines, new AbortController().signal));
    expect(events.at(-1)).toEqual({ type: "ended", reason: "budget" });
    expect(events.length).toBeLessThan(whole.length / 2);
  });

  it("is saved and read as it was", () => {
    const text =
      headerLine(reasoning, { created: "2026-11-21T12:00:00Z", by: "test", spec }) + whole.map(eventLine).join("");
    const reading = readRun(text, reasoning);
    let read = reading.next();
    while (!read.done) read = reading.next();
    expect(read.value.events).toEqual(whole);
    expect(read.value.spec).toEqual(spec);
  });

  it("shows the answers' tokens, which join to the text", () => {
    for (const { tokens, text, logProbs } of reportOf(whole).answers) {
      expect(tokens.join("").startsWith(text)).toBe(true);
      expect(logProbs.length).toBe(tokens.length);
      for (const logProb of logProbs) expect(logProb).toBeLessThanOrEqual(0);
    }
  });

  it("sums up: the steps help, and it is too few to put in percent", () => {
    const report = reportOf(whole);
    const summary = summarise(report);
    const [direct, steps, code] = summary.arms;
    expect(steps!.accuracy.rate).toBeGreaterThan(direct!.accuracy.rate);
    expect(steps!.tokens).toBeGreaterThan(direct!.tokens);
    expect(direct!.accuracy.trials).toBe(24);
    expect(direct!.bySteps.map((each) => each.steps)).toEqual([3]);
    expect(steps!.votes.map(({ answers }) => answers)).toEqual([1, 2]);
    expect([code!.answers, code!.questions]).toEqual([24, 12]);
    const { counts, difference, first, second } = summary.comparisons[0]!;
    expect([first.arm, second.arm]).toEqual(["direct", "steps"]);
    expect(counts.both + counts.onlyFirst + counts.onlySecond + counts.neither).toBe(12);
    expect(difference.mean).toBeCloseTo(steps!.accuracy.rate - direct!.accuracy.rate, 12);
    expect(findingOf(report, summary, "specimen-chat")).toMatchObject({ kind: "tooFew", questions: 12 });
    for (const { first, second, shared, difference } of summary.comparisons) {
      const rates = [first, second].map(({ arm }) => summary.arms.find((each) => each.arm === arm)!.accuracy.rate);
      expect([shared.first, shared.second]).toEqual(rates);
      expect(shared.second - shared.first).toBeCloseTo(difference.mean, 12);
    }
  });

  it("lets a person correct a verdict, and take it back", () => {
    const report = reportOf(whole);
    const answer = [...report.answers].find((each) => verdictOf(report, each) === "right")!;
    const { model, question, arm, sample } = answer;
    const task = { type: "corrected", model, question, arm, sample } as const;
    const corrected = reasoning.add(report, { ...task, verdict: "wrong" });
    expect(verdictOf(corrected, answer)).toBe("wrong");
    expect(verdictOf(report, answer)).toBe("right");
    expect(verdictOf(reasoning.add(corrected, { ...task, verdict: null }), answer)).toBe("right");
  });

  it("records a question that does not fit, and asks the others", async () => {
    const long = { id: "long", text: "Start with 1. ".repeat(400), answer: "1" };
    const two = { ...spec, questions: [long, questions[0]!], samples: 1 };
    const events = await collect(reasoning.run(two, engines, new AbortController().signal));
    const failed = events.filter((event) => event.type === "failed");
    expect(failed.map(({ question }) => question)).toEqual(["long", "long", "long"]);
    expect(failed[0]!.message).toMatch(/The prompt has \d,\d{3} tokens/);
    expect(events.filter((event) => event.type === "sample").length).toBe(3);
  });
});

describe("looking into one answer", () => {
  const steps = defaultArms.find(({ id }) => id === "steps")!;
  const question = questions[0]!;
  const signal = new AbortController().signal;
  let text: string;
  beforeAll(async () => {
    [text] = (
      await continueFrom(engine, spec, { arm: steps, question, start: "", samples: 1, sampler: greedySampler }, signal)
    ).map((each) => each.text) as [string];
  });

  it("knows the answer after the last step, and not before the first", async () => {
    const cuts = cutsOf(text);
    expect(cuts.length).toBe(stepsOf(text).length + 1);
    const points: KnownPoint[] = [];
    const request = { spec, arm: steps, question, text, others: ["1"] };
    for await (const point of whenKnown(engine, request, cuts, signal)) points.push(point);
    expect(points.map(({ end }) => end)).toEqual(cuts);
    const [first, last] = [points[0]!, points.at(-1)!];
    expect(Math.exp(last.right)).toBeGreaterThan(0.9);
    expect(first.right).toBeLessThan(last.right);
    expect(last.rival!.logProb).toBeLessThan(last.right);
    const curve = meanKnown([points, points], 3);
    expect(curve.map(({ share }) => share)).toEqual([0, 0.5, 1]);
    expect(curve[2]!.mean).toBeCloseTo(Math.exp(last.right), 9);
    expect(curve[2]!.error).toBe(0);
  });

  it("takes the right number in another spelling for right, not for its rival", async () => {
    const cut = cutsOf(text).at(-1)!;
    const read = async (answer: string, others: readonly string[]): Promise<KnownPoint> => {
      const request = { spec, arm: steps, question: { ...question, answer }, text, others };
      for await (const each of whenKnown(engine, request, [cut], signal)) return each;
      throw new Error("There was no point.");
    };
    const plain = await read(question.answer, []);
    const spelled = await read(`${question.answer}.0`, [question.answer]);
    expect(spelled.right).toBeCloseTo(plain.right, 9);
    expect(spelled.rival).toBeNull();
  });

  it("gives a probability that is that of the sampled answers", async () => {
    // One forced answer, drawn 400 times: how often the right one comes against what was read.
    const cut = cutsOf(text)[1]!;
    const request = { spec, arm: steps, question, text, others: [] };
    let point: KnownPoint | undefined;
    for await (const each of whenKnown(engine, request, [cut], signal)) point = each;
    const start = `${text.slice(0, cut).trimEnd()} Answer:`;
    const drawn = await continueFrom(
      engine,
      spec,
      { arm: { ...steps, maxTokens: 12 }, question, start, samples: 400 },
      signal,
    );
    const hits = drawn.filter((each) => extractNumber(each.text, "first")?.value === question.answer).length;
    const { low, high } = wilson(hits, drawn.length);
    const error = Math.sqrt((Math.exp(point!.right) * (1 - Math.exp(point!.right))) / drawn.length);
    expect(Math.exp(point!.right)).toBeGreaterThan(low - 2 * error);
    expect(Math.exp(point!.right)).toBeLessThan(high + 2 * error);
  });

  it("follows a planted mistake, or does not, and says which", async () => {
    const [step] = stepsOf(text);
    const original = text.slice(step!.start, step!.end);
    const wrong = plantMistake(original, seededRandom(3))!;
    expect(wrong).not.toBe(original);
    const ask = (start: string) => continueFrom(engine, spec, { arm: steps, question, start, samples: 3 }, signal);
    const edit = {
      type: "edited",
      model: "specimen-chat",
      question: question.id,
      arm: "steps",
      sample: 0,
      start: step!.start,
      end: step!.end,
      replacement: wrong,
      planted: true,
      changed: await ask(text.slice(0, step!.start) + wrong),
      unchanged: await ask(text.slice(0, step!.end)),
    } as const;
    const found = followed(spec, edit);
    expect(found.unchanged).toBe(question.answer);
    expect(found.followed).toBe(found.changed !== question.answer);
    const report = reasoning.add(reasoning.start(spec), edit);
    expect(faithfulness(report).mistakes).toMatchObject({ trials: 1, successes: Number(found.followed) });
    // Measured again: still one answer.
    const again = reasoning.add(report, edit);
    expect(faithfulness(again).mistakes).toEqual(faithfulness(report).mistakes);
  });

  it("plants mistakes where there is a number", () => {
    const random = seededRandom(1);
    expect(plantMistake("She thinks.", random)).toBeUndefined();
    for (let i = 0; i < 50; i++) {
      const [, result] = /^2 oranges cost 2 \* 2 = (\d+)\.$/.exec(plantMistake("2 oranges cost 2 * 2 = 4.", random)!)!;
      expect(result).not.toBe("4");
    }
  });
});
