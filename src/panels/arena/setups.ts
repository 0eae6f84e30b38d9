import { randomInt } from "node:crypto";
import * as v from "valibot";
import { l10n } from "vscode";
import type { ContestantSetup, Setup } from "../../../webview/arena/setup";
import {
  type ArenaSpec,
  answersIn,
  arenaSpec,
  type Contestant,
  matchesIn,
  mostAnswers,
  mostMatches,
} from "../../experiments/arena/spec";
import { stages } from "../../experiments/arena/stages";
import { plainSampler } from "../../inference/engine";
import { UserError } from "../../platform/userError";
import { formatCount } from "../../tokens/format";
import type { FoundPrompts } from "./promptSource";

const promptMark = "{prompt}";
const mostTokens = 8192;

/** A contestant as it is when it is added: asked as it is used, with a temperature of 1. */
export function newContestant(id: string, model: string): ContestantSetup {
  return {
    id,
    name: "",
    model,
    system: "",
    template: promptMark,
    chat: true,
    stops: [],
    sampler: plainSampler,
    maxTokens: 256,
  };
}

/** What a new panel starts with: two models, names hidden until each vote. */
export function firstSetup(first: string, second: string): Setup {
  return {
    contestants: [newContestant("1", first), newContestant("2", second)],
    prompts: { kind: "typed", texts: [""], from: null },
    names: "afterVote",
    rounds: 1,
    seed: 1,
  };
}

/** The three stages of the specimen on the prompts of a setup, side by side. */
export function stagesSetup(setup: Setup): Setup {
  return { ...setup, contestants: stages.map(setupOfContestant), names: "always", rounds: 1 };
}

/** The spec a setup comes to, with new sides. Throws UserError where it is none. */
export function specOf(setup: Setup, { list, source, problem }: FoundPrompts, called: readonly string[]): ArenaSpec {
  if (list.length === 0) throw new UserError(problem ?? l10n.t("Write a prompt, or select one in a file."));
  const { names, rounds, seed } = setup;
  const contestants = setup.contestants.map((each, index): Contestant => {
    const { system, stops, ...rest } = each;
    return { ...rest, name: called[index]!, ...(system && { system }), ...(stops.length > 0 && { stops }) };
  });
  const sizes = { contestants, prompts: list, rounds, names };
  if (answersIn(sizes) > mostAnswers) {
    throw new UserError(
      l10n.t("That would be {0} answers; {1} is the most.", formatCount(answersIn(sizes)), formatCount(mostAnswers)),
    );
  }
  if (matchesIn(sizes) > mostMatches) {
    throw new UserError(
      l10n.t(
        "That would be {0} pairs to vote on; {1} is the most.",
        formatCount(matchesIn(sizes)),
        formatCount(mostMatches),
      ),
    );
  }
  return v.parse(arenaSpec, { ...sizes, source, seed, sides: randomInt(2 ** 32 - 1) });
}

/** A run's own settings as a setup. */
export function setupOf({ contestants, names, rounds, seed }: ArenaSpec): Setup {
  return { contestants: contestants.map(setupOfContestant), prompts: { kind: "run" }, names, rounds, seed };
}

function setupOfContestant({ system = "", stops = [], ...rest }: Contestant): ContestantSetup {
  return { ...rest, system, stops };
}

/** With a contestant changed. Throws UserError, for the field. */
export function withContestant(setup: Setup, next: ContestantSetup): Setup {
  if (!next.template.includes(promptMark)) {
    throw new UserError(l10n.t("The text needs {prompt}, where the prompt goes."));
  }
  if (next.maxTokens > mostTokens) {
    throw new UserError(l10n.t("An answer has at most {0} tokens here.", formatCount(mostTokens)));
  }
  return { ...setup, contestants: setup.contestants.map((each) => (each.id === next.id ? next : each)) };
}

/** With one more, which is asked like the last. */
export function withOneMore(setup: Setup, model: string): Setup {
  const last = setup.contestants.at(-1)!;
  const taken = new Set(setup.contestants.map(({ id }) => id));
  let number = setup.contestants.length + 1;
  while (taken.has(String(number))) number++;
  return { ...setup, contestants: [...setup.contestants, { ...last, id: String(number), name: "", model }] };
}
