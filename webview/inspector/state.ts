import * as v from "valibot";
import { maxLanes, type PanelState, panelState } from "./protocol";

/** Typed text up to this length is kept over a reload; VS Code stores it with the workspace. */
export const keptUnits = 1_000_000;

export const firstState: PanelState = {
  version: 1,
  mode: "tokens",
  source: "file",
  uri: null,
  tokenizer: "",
  compared: [],
  typed: "",
  layers: { ids: false, bytes: false },
  chat: {
    template: "qwen2.5",
    messages: [
      { role: "system", content: "You answer in one short sentence." },
      { role: "user", content: "Why can't you see letters?" },
    ],
    fromFile: false,
    prompt: true,
  },
  vocabulary: { tokenizer: "", kind: "text", text: "", filter: "all" },
};

/** The state kept by VS Code, or the first one where there is none or it is of another version. */
export function restored(kept: unknown): PanelState {
  const parsed = v.safeParse(panelState, kept);
  return parsed.success ? parsed.output : firstState;
}

/** What is kept of a state. */
export function keepable(state: PanelState): PanelState {
  return state.typed.length > keptUnits ? { ...state, typed: "" } : state;
}

/** A tokenizer added to or taken out of those compared; at least one and at most four stay. */
export function toggled(compared: readonly string[], name: string): string[] {
  if (!compared.includes(name)) return [...compared, name].slice(0, maxLanes);
  return compared.length > 1 ? compared.filter((other) => other !== name) : [...compared];
}

/** The one edit that leads from one text to another. */
export function editBetween(before: string, after: string): { offset: number; deleted: number; inserted: string } {
  const most = Math.min(before.length, after.length);
  let offset = 0;
  while (offset < most && before.charCodeAt(offset) === after.charCodeAt(offset)) offset++;
  let tail = 0;
  while (
    tail < most - offset &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  return { offset, deleted: before.length - offset - tail, inserted: after.slice(offset, after.length - tail) };
}
