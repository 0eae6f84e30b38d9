import type { RunView } from "../../../webview/arena/protocol";
import type { Setup } from "../../../webview/arena/setup";
import type { ArenaSpec } from "../../experiments/arena/spec";
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
  const { uri, created, report, done, total, blind } = run;
  const { spec, models, ended, revealed } = report;
  const nameOf = (model: string): string => models.find(({ id }) => id === model)?.name ?? modelName(model);
  const voted = blind && run.counts.open + run.counts.waiting === 0 && spec.names === "afterVote";
  return {
    file: { name: uri.path.split("/").at(-1)!, uri: uri.toString(), open: !blind || revealed || voted },
    created,
    contestants: spec.contestants.map((asked) => ({
      ...{ id: asked.id, name: asked.name, model: nameOf(asked.model), asked },
    })),
    names: spec.names,
    prompts: spec.prompts.length,
    rounds: spec.rounds,
    seed: spec.seed,
    label: aboutPrompts(spec.prompts.length, spec.source),
    done,
    total,
    complete: done >= total,
    ended: ended ?? null,
    asSetUp: isAsSetUp(spec, setup) && samePrompts(spec.prompts, found.list),
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

/** By their number and both ends: telling them apart needs no more. */
function samePrompts(a: ArenaSpec["prompts"], b: ArenaSpec["prompts"]): boolean {
  return a.length === b.length && a[0]?.text === b[0]?.text && a.at(-1)?.text === b.at(-1)?.text;
}
