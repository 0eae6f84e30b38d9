import { commitField } from "../ui/commitField";
import type { Busy } from "./state";

interface Keyed {
  readonly state: { readonly running: object | null; readonly busy: Busy | null };
  run(): void;
  do(method: "stop" | "cancel"): void;
}

interface OwnKeys {
  /** What a key does in this panel; undefined for nothing. */
  action(): (() => void) | undefined;
  /** What Escape does while nothing goes on. */
  escape?(): void;
  /** The key belongs to what has the focus. */
  readonly typing?: boolean;
}

/** The keys of a panel of runs: Ctrl+Enter runs, Escape ends what goes on, others are the panel's own. */
export function runKeys(
  event: KeyboardEvent,
  panel: Keyed,
  { action, escape: leave, typing = inField(event) }: OwnKeys,
): void {
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && command) {
    event.preventDefault();
    commitField();
    panel.run();
    return;
  }
  if (typing) return;
  if (event.key === "Escape") {
    if (panel.state.running) panel.do("stop");
    else if (panel.state.busy) panel.do("cancel");
    else leave?.();
    return;
  }
  if (command || event.altKey) return;
  const act = action();
  if (!act) return;
  event.preventDefault();
  act();
}

function inField(event: KeyboardEvent): boolean {
  const fields = "input, textarea, vscode-text-field, vscode-text-area, vscode-dropdown";
  return (event.target as Element).closest(fields) !== null;
}
