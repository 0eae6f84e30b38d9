import { isMet, unmet } from "../../experiments/explorer/asking";
import type { ExploredModel } from "../../experiments/explorer/data";
import { modelOf } from "../../experiments/explorer/fromEngine";
import type { Models } from "../../models/models";

/** The facts of a model where it is running or was met before, else its name. */
export function factsOf(models: Models, modelId: string, before: ExploredModel | undefined): ExploredModel {
  const entry = models.get(modelId);
  if (entry?.state.kind === "ready") return modelOf(entry.state.facts);
  if (before?.id === modelId && isMet(before)) return before;
  return unmet(modelId, entry?.name ?? modelId, entry?.kind ?? "gguf");
}

export function nameOf(models: Models, modelId: string): { id: string; name: string } {
  return { id: modelId, name: models.get(modelId)?.name ?? modelId };
}
