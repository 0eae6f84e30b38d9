import {
  type ChiSquare,
  chiSquare,
  type Frequency,
  frequencies,
  type Tosses,
  toss,
} from "../../src/experiments/explorer/coin";
import { type Comparison, compare } from "../../src/experiments/explorer/compare";
import type { NextDistribution } from "../../src/experiments/explorer/data";
import { drawnFrom, type Stage, stagesOf, sweep } from "../../src/experiments/explorer/stages";
import type { Sampler } from "../../src/inference/engine";
import { nameOf } from "../ui/tokenView";
import type { ExplorerState } from "./protocol";

/** Everything that follows from a distribution and the settings, without asking the model. */
export interface Derived {
  readonly distribution: NextDistribution;
  readonly stages: readonly Stage[];
  /** What a token is drawn from. */
  readonly final: Stage;
  /** The likeliest of the final stage, index in the entries. */
  readonly best: number;
  /** Undefined while nothing was tossed. */
  readonly coin: DerivedCoin | undefined;
  readonly comparison: Comparison | undefined;
}

export interface DerivedCoin {
  readonly tosses: Tosses;
  /** By outcome: an index in the entries, or `tailOutcome`. */
  readonly byOutcome: ReadonlyMap<number, Frequency>;
  readonly test: ChiSquare | undefined;
}

export const sweepTemperatures: readonly number[] = Array.from({ length: 39 }, (_, step) => 0.1 + step * 0.05);

/** Computes what is drawn from a state, again only where what it rests on has changed. */
export class Deriver {
  private readonly stages = remember((distribution: NextDistribution, sampler: Sampler, recent: readonly number[]) =>
    stagesOf(distribution, sampler, recent),
  );
  private readonly coin = remember((stage: Stage, seed: number, times: number): DerivedCoin => {
    const tosses = toss(stage, seed, times);
    const all = frequencies(stage, tosses);
    return { tosses, byOutcome: new Map(all.map((each) => [each.outcome, each])), test: chiSquare(all) };
  });
  readonly swept = remember((distribution: NextDistribution) => sweep(distribution, sweepTemperatures));
  /** Indexes of the entries whose text contains the filter. */
  readonly filtered = remember(({ entries }: NextDistribution, filter: string): readonly number[] => {
    const wanted = filter.toLowerCase();
    const indexes = [...entries.keys()];
    if (wanted === "") return indexes;
    return indexes.filter((index) => {
      const entry = entries[index]!;
      return entry.text.toLowerCase().includes(wanted) || nameOf(entry).toLowerCase().includes(wanted);
    });
  });
  private readonly compared = remember(
    (
      distribution: NextDistribution,
      stage: Stage,
      other: NextDistribution,
      sampler: Sampler,
      recent: readonly number[],
      byText: boolean,
    ) =>
      compare({ distribution, stage }, { distribution: other, stage: drawnFrom(other, sampler, recent) }, { byText }),
  );

  of({ outlook, sampler, coin, rival }: ExplorerState): Derived | undefined {
    const distribution = outlook?.distribution;
    if (!distribution) return undefined;
    const stages = this.stages(distribution, sampler, outlook.recent);
    const final = stages.at(-1)!;
    const other = rival?.outlook.distribution;
    return {
      distribution,
      stages,
      final,
      best: final.probabilities.reduce((best, p, index, all) => (p > all[best]! ? index : best), 0),
      coin: coin.tosses > 0 ? this.coin(final, coin.seed, coin.tosses) : undefined,
      comparison:
        rival && other
          ? this.compared(distribution, final, other, rival.rival.sampler, rival.outlook.recent, !rival.sameVocabulary)
          : undefined,
    };
  }
}

/** The last result, as long as the arguments are the same objects. */
function remember<A extends unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | undefined;
  return (...args) => {
    const same = last?.args.every((arg, index) => Object.is(arg, args[index]));
    if (!last || !same) last = { args, result: compute(...args) };
    return last.result;
  };
}
