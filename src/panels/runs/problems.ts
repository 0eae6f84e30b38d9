import type { Problem } from "../../../webview/runs/state";
import { EngineError } from "../../inference/engine";

/** What went wrong in words, with what can be done about it. */
export function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof EngineError ? (error.details ?? null) : null;
  const actions: Problem["actions"] = error instanceof EngineError ? actionsOf(error) : [];
  return { kind: "error", message, details, actions };
}

function actionsOf({ code }: EngineError): Problem["actions"] {
  switch (code) {
    case "crashed":
    case "loadFailed":
    case "outOfMemory":
      return ["restart", "pickModel"];
    case "unsupported":
      return ["pickModel"];
    case "contextOverflow":
    case "badInput":
      return [];
    case "network":
    case "server":
    case "unauthorized":
    case "rateLimited":
      return ["retry", "pickModel"];
  }
}
