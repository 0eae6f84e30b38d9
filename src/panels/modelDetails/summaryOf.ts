import type { Summary } from "../../../webview/modelDetails/protocol";
import type { Capabilities } from "../../inference/engine";
import type { ModelEntry, ModelRole } from "../../models/models";
import { capabilityRows } from "./capabilityRows";

const roles = ["base", "chat", "judge"] as const satisfies readonly ModelRole[];

/** What the page says of a model besides its file. */
export function summaryOf(
  entry: ModelEntry,
  capabilities: Capabilities | undefined,
  defaultFor: (role: ModelRole) => string,
): Summary {
  return {
    id: entry.id,
    name: entry.name,
    kind: entry.kind,
    description: entry.description,
    location: entry.location,
    bytes: entry.bytes ?? null,
    roles: [...entry.roles],
    defaults: roles.filter((role) => defaultFor(role) === entry.id),
    state: stateOf(entry),
    capabilities: capabilities ? capabilityRows(capabilities) : null,
  };
}

function stateOf({ state }: ModelEntry): Summary["state"] {
  switch (state.kind) {
    case "notLoaded":
      return { kind: "notLoaded" };
    case "loading":
      return { kind: "loading", fraction: state.progress.fraction ?? null, message: state.progress.message };
    case "failed":
      return { kind: "failed", message: state.message, details: state.details ?? null };
    case "ready": {
      const { facts, running } = state;
      return {
        kind: "ready",
        device: running.device,
        memoryBytes: running.memoryBytes ?? null,
        tokensPerSecond: running.tokensPerSecond ?? null,
        contextSize: facts.contextSize ?? null,
        build: facts.build,
        fingerprint: facts.fingerprint ?? null,
      };
    }
  }
}
