import type { ModelView } from "../../../webview/runs/state";
import type { ReasoningReport } from "../../experiments/reasoning/report";
import type { Capabilities, Capability } from "../../inference/engine";
import type { Models } from "../../models/models";

/** Why a model cannot; null where it can, and before it was loaded. */
export function missing(capability: Capability | undefined): string | null {
  return capability === undefined || capability.available ? null : capability.reason;
}

/** What the panel shows of a model; before it was loaded, nothing is known to be missing. */
export function modelView(
  id: string,
  models: Models,
  capabilities: Capabilities | undefined,
  report?: Pick<ReasoningReport, "models">,
): ModelView {
  const entry = models.get(id);
  const facts = entry?.state.kind === "ready" ? entry.state.facts : report?.models.find((each) => each.id === id);
  return {
    id,
    name: entry?.name ?? facts?.name ?? id,
    kind: entry?.kind ?? facts?.kind ?? "gguf",
    build: facts?.build ?? "",
    present: entry !== undefined,
    missing: {
      sample: missing(capabilities?.sample),
      chat: missing(capabilities?.chat),
      text: missing(capabilities?.completion),
      score: missing(capabilities?.score),
      logProbs: missing(capabilities?.sampleLogProbs),
      seeds: missing(capabilities?.seeds),
    },
  };
}
