import type { Setup } from "../../../webview/suites/setup";
import type { SuitesSpec } from "../../experiments/suites/spec";
import type { Suite } from "../../experiments/suites/suite";
import { greedySampler } from "../../inference/engine";
import { sameFields } from "../runs/runFacts";

/** All ready suites, greedily, enough cases each way for rates. */
export function firstSetup(model: string, suites: readonly string[]): Setup {
  return { models: [model], suites: [...suites], files: [], size: 30, samples: 1, sampler: greedySampler, seed: 1 };
}

/** A run's own settings; what a spec does not say stays as it is. */
export function setupOf({ models, suites, size, samples, sampler, seed }: SuitesSpec, current: Setup): Setup {
  return {
    ...{ models: [...models], suites: suites.map(({ id }) => id), files: current.files },
    ...{ size: size ?? current.size, samples, sampler, seed },
  };
}

/** What would be run; undefined where no suite is chosen. `suites`: all there are. */
export function specOf(setup: Setup, suites: readonly Suite[]): SuitesSpec | undefined {
  const { models, size, samples, sampler, seed } = setup;
  const chosen = suites.filter(({ id }) => setup.suites.includes(id));
  if (chosen.length === 0) return undefined;
  const drawn = chosen.some(({ id }) => !id.startsWith("own "));
  return { models, suites: chosen, ...(drawn && { size }), samples, sampler, seed };
}

/** Whether the setup asks what a run asked: the same suites with the same cases, of the same models, in the same way. */
export function isAsSetUp(spec: SuitesSpec, next: SuitesSpec | undefined): boolean {
  if (!next) return false;
  const { suites: asked, ...rest } = spec;
  const { suites: wanted, ...others } = next;
  return (
    sameFields(rest, others) &&
    asked.length === wanted.length &&
    asked.every(({ id, items }, index) => {
      const other = wanted[index]!;
      return (
        id === other.id &&
        items.length === other.items.length &&
        (items === other.items || items.every((item, at) => sameFields(item, other.items[at]!)))
      );
    })
  );
}
