import type { Engines } from "../experiments/experiment";
import { thinkingArmOf, thinkingSwitch, withoutThinking } from "../experiments/reasoning/noThinking";
import type { ReasoningSpec } from "../experiments/reasoning/spec";
import { InputError } from "./input";

/**
 * The spec with the template values by which its models' thinking is turned off, for the arms that end in "-no-thinking".
 * Throws InputError for a model whose template has none.
 */
export async function withSwitches(spec: ReasoningSpec, engines: Engines, signal: AbortSignal): Promise<ReasoningSpec> {
  if (!spec.arms.some(({ id }) => thinkingArmOf(id) !== undefined)) return spec;
  let values = {};
  for (const model of spec.models) {
    const engine = await engines(model, signal);
    const found = await thinkingSwitch(engine, signal);
    if (!found) {
      throw new InputError(
        `The thinking of ${engine.model.name} cannot be turned off: its chat template knows no such value. Leave out the arms that end in -no-thinking.`,
      );
    }
    values = { ...values, ...found };
  }
  const arms = spec.arms.map((arm) => (thinkingArmOf(arm.id) === undefined ? arm : withoutThinking(arm, values)));
  return { ...spec, arms };
}
