import * as v from "valibot";
import type { SetupChange } from "../../../webview/reasoning/protocol";
import type { Setup } from "../../../webview/reasoning/setup";
import { type Arm, defaultArms } from "../../experiments/reasoning/arms";
import { exampleProblems, withExamples } from "../../experiments/reasoning/fewShot";
import type { Question } from "../../experiments/reasoning/question";
import { type ReasoningSpec, reasoningSpec } from "../../experiments/reasoning/spec";
import { greedySampler } from "../../inference/engine";
import { withChanges } from "../runs/setupSteps";
import type { Questions } from "./questionSource";

/** What a new panel starts with: fifty word problems of every length, all arms, one greedy answer each. */
export function firstSetup(model: string): Setup {
  return {
    models: [model],
    source: {
      kind: "generated",
      families: ["fruit prices", "bags and gifts", "chains of comparison", "running calculation"],
      count: 50,
      steps: { from: 1, to: 6 },
      seed: 1,
    },
    arms: defaultArms.map((arm) => ({ arm, on: true })),
    samples: 1,
    sampler: greedySampler,
    seed: 1,
    grader: { kind: "number" },
    system: "",
    chat: true,
    tokenBudget: null,
    examples: null,
  };
}

/** What a setup's questions and arms make a spec of besides: checked once, and not again for each of ten thousand questions. */
const settings = v.omit(reasoningSpec, ["questions", "source"]);

/** The spec a setup comes to. Throws where it is none: no arm that is on. */
export function specOf(setup: Setup, { list, source }: Questions): ReasoningSpec {
  const { models, samples, sampler, seed, grader, system, chat, tokenBudget } = setup;
  const checked = v.parse(settings, {
    models,
    arms: armsAsked(setup, list),
    samples,
    sampler,
    seed,
    grader,
    ...(system !== "" && { system }),
    chat,
    ...(tokenBudget !== null && { tokenBudget }),
  });
  const { models: ids, ...rest } = checked;
  return { models: ids, questions: list.slice(), ...(source && { source }), ...rest };
}

/** The arms that are on, with worked examples before the documents of those that take them. */
function armsAsked({ arms, examples, seed }: Setup, questions: readonly Question[]): Arm[] {
  const on = arms.flatMap(({ arm, on: wanted }) => (wanted ? [arm] : []));
  if (!examples) return on;
  const problems = exampleProblems(examples.family, { count: examples.count, seed, questions });
  return on.map((arm) => withExamples(arm, problems));
}

/** A run's own settings as a setup: its arms are on, the others that are offered stand behind them. */
export function setupOf(spec: ReasoningSpec, before: Setup): Setup {
  const others = before.arms.filter(({ arm }) => !spec.arms.some(({ id }) => id === arm.id));
  return {
    models: spec.models,
    source: { kind: "run" },
    arms: [...spec.arms.map((arm) => ({ arm, on: true })), ...others.map(({ arm }) => ({ arm, on: false }))],
    samples: spec.samples,
    sampler: spec.sampler,
    seed: spec.seed,
    grader: spec.grader,
    system: spec.system ?? "",
    chat: spec.chat,
    tokenBudget: spec.tokenBudget ?? null,
    // They stand in the arms' documents now.
    examples: null,
  };
}

/** The setup after a person's change. More than one greedy answer would all be alike, so then they are drawn. */
export function changed(setup: Setup, { arms, ...change }: SetupChange): Setup {
  const next = withChanges(setup, change);
  const drawn = next.samples > 1 && setup.samples === 1 && next.sampler.temperature === 0;
  return {
    ...next,
    arms: arms ? reordered(setup.arms, arms) : setup.arms,
    ...(drawn && { sampler: { ...next.sampler, temperature: 1 } }),
  };
}

/** With an arm's texts changed, or one more arm, which is on. */
export function withArm(setup: Setup, arm: Arm): Setup {
  const known = setup.arms.some((each) => each.arm.id === arm.id);
  if (!known) return { ...setup, arms: [...setup.arms, { arm, on: true }] };
  return { ...setup, arms: setup.arms.map((each) => (each.arm.id === arm.id ? { ...each, arm } : each)) };
}

/** A default arm gets its first texts back, one of a person's own goes. */
export function withoutArm(setup: Setup, id: string): Setup {
  const first = defaultArms.find((arm) => arm.id === id);
  return first ? withArm(setup, first) : { ...setup, arms: setup.arms.filter(({ arm }) => arm.id !== id) };
}

/** In the order that names them all; one that names some of them switches those and moves none. */
function reordered(arms: Setup["arms"], order: NonNullable<SetupChange["arms"]>): Setup["arms"] {
  const switched = arms.map(({ arm, on }) => ({ arm, on: order.find(({ id }) => id === arm.id)?.on ?? on }));
  const place = (id: string): number => order.findIndex((each) => each.id === id);
  if (arms.some(({ arm }) => place(arm.id) < 0)) return switched;
  return switched.sort((a, b) => place(a.arm.id) - place(b.arm.id));
}
