import type { Problem } from "../../../webview/runs/state";
import { EngineError } from "../../inference/engine";
import { UserError } from "../../platform/commands";
import { failingModel } from "./failingModel";

/** Nothing failed, but something stands in the way, which a person can change. */
export class NoteError extends UserError {
  constructor(
    message: string,
    readonly actions: Problem["actions"],
    readonly model: string | null = null,
  ) {
    super(message);
  }
}

/** What went wrong in words, with what can be done about it. */
export function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NoteError) {
    const { actions, model } = error;
    return { kind: "note", message, details: null, actions, model };
  }
  const details = error instanceof EngineError ? (error.details ?? null) : null;
  const actions: Problem["actions"] = error instanceof EngineError ? actionsOf(error) : [];
  return { kind: "error", message, details, actions, model: failingModel(error) ?? null };
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
