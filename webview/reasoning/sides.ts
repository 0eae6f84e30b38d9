import type { Arm } from "../../src/experiments/reasoning/arms";
import type { Tone } from "../ui/charts/lineChart";
import type { Side } from "./figures";
import type { AnswerView, QuestionPage } from "./questions";

/** The arm of a model as a key, and whether two are the same. */
export function sideKey({ model, arm }: Side): string {
  return JSON.stringify([model, arm]);
}

export function sameSide(a: Side | null | undefined, b: Side | null | undefined): boolean {
  return !!a && !!b && a.model === b.model && a.arm === b.arm;
}

const tones: Readonly<Record<Arm["kind"], Tone>> = {
  direct: "a",
  steps: "b",
  code: "d",
  own: "c",
  answerFirst: "e",
  filler: "e",
};

/** Blue is step by step, orange answer first, teal code, violet a person's own; the rest is grey. */
export function toneOf(arms: readonly Arm[], id: string): Tone {
  const kind = arms.find((arm) => arm.id === id)?.kind;
  return kind === undefined ? "e" : tones[kind];
}

export interface Hand {
  readonly side: Side;
  readonly sample: number;
}

export function sameHand(a: Hand | undefined, b: Hand): boolean {
  return sameSide(a?.side, b.side) && a?.sample === b.sample;
}

export function answerOf(page: QuestionPage, hand: Hand): AnswerView | undefined {
  return page.cells.find((cell) => sameSide(cell, hand.side))?.samples.find(({ sample }) => sample === hand.sample);
}
