import type { Stage } from "../../src/experiments/explorer/stages";
import { count, plural } from "../ui/format";
import type { Derived } from "./derived";
import { bits, divergence, named, percentWords, pValue, toBits } from "./words";

/** A sentence in pieces; key words stand out. */
export interface Finding {
  readonly key: string;
  readonly rest: string;
}

/** What comes next, in words: the likeliest token, how sure the model is, and what the sampler makes of it. */
export function findingOf({ distribution, stages, final, best }: Derived): Finding {
  const raw = stages[0]!;
  const first = distribution.entries[0]!;
  const drawn = distribution.entries[best]!;
  const p = raw.probabilities[0]!;
  const { nats, exact } = distribution.entropy;
  const alike = 2 ** toBits(nats);
  const sure =
    alike < 1.5
      ? "all but sure"
      : `as open as a choice among ${exact ? "" : "at least "}${alike < 9.95 ? alike.toFixed(1) : count(Math.round(alike))} equally likely tokens`;
  const key = `“${named(first)}” comes next with ${percentWords(p)}`;
  const open = `: ${bits(nats, exact)} of entropy, ${sure}.`;
  const settled = settingWords(stages);
  if (settled.length === 0) return { key, rest: open };
  const approx = final.exact ? "" : "≈ ";
  const subject = drawn.id === first.id ? "it is drawn" : `“${named(drawn)}” is drawn`;
  const kept =
    final.kept !== null && lost(stages) > 0
      ? `; ${plural(final.kept, "token stays", "tokens stay")}, ${approx}${percentWords(lost(stages))} of the mass is removed`
      : "";
  return {
    key,
    rest: `${open} With ${listed(settled)} ${subject} with ${approx}${percentWords(final.probabilities[best]!)}${kept}.`,
  };
}

/** Share of the mass after the temperature that the truncations took, all together. */
export function lost(stages: readonly Stage[]): number {
  return 1 - stages.reduce((left, { removed }) => left * (1 - removed.estimate), 1);
}

function settingWords(stages: readonly Stage[]): string[] {
  return stages.flatMap(({ kind, setting }) => {
    if (kind === "temperature") return setting === 1 ? [] : [temperatureWords(setting)];
    if (kind === "topK") return [`top-k ${count(setting)}`];
    if (kind === "topP") return [`top-p ${setting.toFixed(2)}`];
    if (kind === "minP") return [`min-p ${setting.toFixed(2)}`];
    if (kind === "repetitionPenalty") return [`a repetition penalty of ${setting.toFixed(2)}`];
    return [];
  });
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function temperatureWords(temperature: number): string {
  return temperature === 0 ? "temperature 0 (the likeliest, always)" : `temperature ${temperature.toFixed(2)}`;
}

/** How the tosses agree with the probabilities. */
export function coinWords({ coin }: Derived): string {
  if (!coin) return "";
  const { test } = coin;
  if (coin.byOutcome.size === 1) return "only one token can come";
  if (!test) return "too few tosses to test";
  const verdict =
    test.p < 0.001
      ? "rare for a fair coin: 1 in 1,000 or less"
      : test.p < 0.05
        ? "seldom this far off"
        : "as it should be";
  return `χ² = ${test.statistic.toFixed(1)}, ${test.degrees} df, p ${pValue(test.p)}: ${verdict}`;
}

/** How far the other side lies from this one, in words. */
export function comparisonFinding(derived: Derived, what: string): Finding | undefined {
  const { comparison } = derived;
  if (!comparison) return undefined;
  const { jensenShannon, totalVariation, exact, movers } = comparison;
  const mover = movers[0];
  const least = exact ? "" : "at least ";
  if (totalVariation < 0.0005) {
    return { key: "No difference to see", rest: ` with ${what}: both expect the same tokens.` };
  }
  const most =
    mover && mover.a !== null && mover.b !== null
      ? ` “${named(mover.token)}” moves most, from ${percentWords(mover.a)} to ${percentWords(mover.b)}.`
      : "";
  return {
    key: `${least}${percentWords(totalVariation)} of the probability lies elsewhere`.replace(/^a/, "A"),
    rest: ` with ${what} (Jensen-Shannon ${divergence(jensenShannon, exact)}).${most}`,
  };
}
