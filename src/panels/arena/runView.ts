import type { RunView } from "../../../webview/arena/protocol";
import type { Setup } from "../../../webview/arena/setup";
import type { ArenaSpec } from "../../experiments/arena/spec";
import { runFacts, sameEnds } from "../runs/runFacts";
import type { ArenaRun } from "./arenaRun";
import { aboutPrompts } from "./promptSource";
import type { SetupState } from "./setupState";
import { setupOf } from "./setups";

/** What is shown of a run besides its answers. */
type Shown = Pick<ArenaRun, "uri" | "created" | "report" | "done" | "total" | "blind" | "counts">;

/** The run as the panel shows it. */
export function runView(
  run: Shown,
  { setup, found }: Pick<SetupState, "setup" | "found">,
  modelName: (id: string) => string,
): RunView {
  const { report, done, total, blind } = run;
  const { file, ...facts } = runFacts(run);
  const { spec, models, ended, revealed } = report;
  const nameOf = (model: string): string => models.find(({ id }) => id === model)?.name ?? modelName(model);
  const voted = blind && run.counts.open + run.counts.waiting === 0 && spec.names === "afterVote";
  return {
    ...facts,
    file: { ...file, open: !blind || revealed || voted },
    contestants: spec.contestants.map((asked) => ({
      ...{ id: asked.id, name: asked.name, model: nameOf(asked.model), asked },
    })),
    names: spec.names,
    prompts: spec.prompts.length,
    rounds: spec.rounds,
    seed: spec.seed,
    label: aboutPrompts(spec.prompts.length, spec.source),
    complete: done >= total,
    ended: ended ?? null,
    asSetUp: isAsSetUp(spec, setup) && sameEnds(spec.prompts, found.list),
  };
}

/** Contestants by what is asked of them: names are made, and do not change what is run. */
function isAsSetUp(spec: ArenaSpec, setup: Setup): boolean {
  const bare = ({ contestants, names, rounds, seed }: Setup): string =>
    JSON.stringify([
      contestants.map(({ model, system, template, chat, stops, sampler, maxTokens }) => [
        ...[model, system, template, chat, stops, Object.entries(sampler).sort(), maxTokens],
      ]),
      names,
      rounds,
      seed,
    ]);
  return bare(setupOf(spec)) === bare(setup);
}
