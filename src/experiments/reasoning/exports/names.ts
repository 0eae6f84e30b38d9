import { armName } from "../arms";
import type { ReasoningSpec } from "../spec";

/** "Step by step", and with two models "Step by step, specimen-chat". */
export function nameOfSide(
  { arms, models }: Pick<ReasoningSpec, "arms" | "models">,
  { model, arm }: { readonly model: string; readonly arm: string },
): string {
  const name = armName(arms, arm);
  return models.length > 1 ? `${name}, ${model}` : name;
}
