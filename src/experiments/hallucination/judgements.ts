import type { Judgement } from "../judging/relation";
import { normalAnswer } from "../judging/words";
import type { Reading } from "./reading";
import { pairKey } from "./report";
import type { HallucinationEvent } from "./spec";

/** Whether two sampled answers mean the same, and who says so. */
export interface PairJudgement {
  readonly first: number;
  readonly second: number;
  /** They share a cluster. */
  readonly same: boolean;
  /** "nobody": it follows from other pairs, or is still to be judged. */
  readonly by: "words" | "judge" | "person" | "nobody";
  readonly judge: Judgement | undefined;
}

const order = { person: 0, judge: 1, words: 2, nobody: 3 };

/** Pairs of an item's answers, `most` at most: first those that somebody spoke of. */
export function judgements({ cell, answers, ids }: Reading, most: number): PairJudgement[] {
  const words = answers.map(({ event }) => normalAnswer(event.text));
  const pairs = answers.flatMap(({ event: { sample: first } }, index) =>
    answers.slice(index + 1).map(({ event: { sample: second } }, after): PairJudgement => {
      const other = index + 1 + after;
      const key = pairKey(first, second);
      const judge = cell.judged.get(key);
      const by = cell.pairMarks.has(key)
        ? "person"
        : judge
          ? "judge"
          : words[index] === words[other]
            ? "words"
            : "nobody";
      return { first, second, same: ids[index] === ids[other], by, judge };
    }),
  );
  return pairs.sort((a, b) => order[a.by] - order[b.by]).slice(0, most);
}

type PairCorrected = Extract<HallucinationEvent, { type: "pairCorrected" }>;

/**
 * What a person says by moving an answer to the meaning of another one, or to one of its own: that it differs from those it
 * stands with now, and means the same as that one. Answers of its very words go with it.
 */
export function movingAnswer(reading: Reading, sample: number, to: number | undefined): PairCorrected[] {
  const { cell, answers, ids } = reading;
  const place = (number: number): number => answers.findIndex(({ event }) => event.sample === number);
  const from = ids[place(sample)];
  const target = to === undefined ? undefined : ids[place(to)];
  if (from === undefined || (to !== undefined && (target === undefined || target === from))) return [];
  const own = normalAnswer(answers[place(sample)]!.event.text);
  const left = answers.find(({ event }, index) => ids[index] === from && normalAnswer(event.text) !== own);
  const say = (first: number, same: boolean): PairCorrected => ({
    ...{ type: "pairCorrected", item: cell.item, book: cell.book },
    ...{ first, second: sample, same },
  });
  const parted = left ? [say(left.event.sample, false)] : [];
  return to === undefined ? parted : [...parted, say(to, true)];
}
