import { commitField } from "../ui/commitField";
import type { Explorer } from "./explorer";

/** One key of the panel: what it does, once a person is not typing. */
const steps = 0.05;

/** The panel's keys. Keys of a list, a tree or a field are theirs and do not get here. */
export function keys(event: KeyboardEvent, explorer: Explorer): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    commitField();
    explorer.grow();
    return;
  }
  if (event.key === "Escape" && explorer.state.busy) {
    explorer.do("cancel");
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    explorer.do(event.shiftKey ? "saveAs" : "save");
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event)) return;
  const run = actionOf(event, explorer);
  if (!run) return;
  event.preventDefault();
  run();
}

function actionOf(event: KeyboardEvent, explorer: Explorer): (() => void) | undefined {
  const target = event.target as Element;
  const onButton = target.closest("button, vscode-button, summary, [role=button], vscode-dropdown") !== null;
  switch (event.key) {
    case "Enter":
      return onButton ? undefined : () => explorer.takeToken();
    case "b":
    case "B":
      return () => explorer.branchToken();
    case "Backspace":
      return () => explorer.back();
    case "t":
    case "T":
      return () => explorer.toss(event.shiftKey ? 1000 : 1);
    case "[":
      return () => warm(explorer, -steps);
    case "]":
      return () => warm(explorer, steps);
    case "/":
      return () => explorer.root.querySelector<HTMLElement>("#filter")?.focus();
    case "ArrowDown":
    case "ArrowUp":
      return target.closest("[role=radiogroup], input, vscode-dropdown") ? undefined : () => focusTokens(explorer);
    default:
      return undefined;
  }
}

function warm(explorer: Explorer, by: number): void {
  const wanted = Math.round((explorer.state.sampler.temperature + by) * 100) / 100;
  explorer.setSampler({ temperature: Math.min(2, Math.max(0, wanted)) });
}

function focusTokens(explorer: Explorer): void {
  explorer.root.querySelector<HTMLElement>("#tokens")?.focus();
}

function typing({ target }: KeyboardEvent): boolean {
  return (target as Element).closest("vscode-text-field, vscode-text-area, textarea, input:not([type=range])") !== null;
}
