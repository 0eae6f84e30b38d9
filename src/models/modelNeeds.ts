import { l10n } from "vscode";
import type { Capabilities } from "../inference/engine";
import type { ModelEntry } from "./models";

/** What a feature wants from a model. */
export type ModelNeed = "score" | "next" | "sample" | "chat";

/**
 * Why a model cannot give what is needed; undefined where it can, and where nobody knows before it is loaded.
 * `capabilities` are those of the running model.
 */
export function missing(
  entry: Pick<ModelEntry, "kind" | "roles">,
  capabilities: Capabilities | undefined,
  need: ModelNeed | undefined,
): string | undefined {
  if (need === undefined) return undefined;
  if (capabilities) {
    const capability = capabilities[need];
    return capability.available ? undefined : capability.reason;
  }
  if (entry.kind === "editor" && (need === "score" || need === "next"))
    return l10n.t("Models of VS Code give text only, no probabilities.");
  if (need === "chat" && !entry.roles.includes("chat"))
    return l10n.t("It has no chat template: it goes on with texts and does not answer.");
  return undefined;
}
