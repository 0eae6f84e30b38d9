import { runKeys } from "../runs/runKeys";
import type { Arena } from "./arena";

/** The panel's keys. Keys of a field or a set of pills are theirs and do not get here. */
export function keys(event: KeyboardEvent, panel: Arena): void {
  runKeys(event, panel, { action: () => actionOf(event, panel), typing: typing(event) });
}

function actionOf(event: KeyboardEvent, panel: Arena): (() => void) | undefined {
  if (event.repeat) return undefined;
  const { pair, voting, sheet, run } = panel.state;
  const open = pair?.choice === null && !voting?.closed;
  switch (event.key) {
    case "ArrowLeft":
      if (open) return () => panel.vote("left");
      return sheet && sheet.place > 0 ? () => panel.do("openPrompt", sheet.place - 1) : undefined;
    case "ArrowRight":
      if (open) return () => panel.vote("right");
      return sheet && run && sheet.place + 1 < run.prompts ? () => panel.do("openPrompt", sheet.place + 1) : undefined;
    case "t":
    case "T":
      return open ? () => panel.vote("tie") : undefined;
    case "b":
    case "B":
      return open ? () => panel.vote("bothBad") : undefined;
    case "u":
    case "U":
      return voting?.canUndo ? () => panel.do("undoVote") : undefined;
    case "n":
    case "N":
      return pair && !open ? () => panel.do("next") : undefined;
    case "Enter":
      return pair && !open && !pressable(event) ? () => panel.do("next") : undefined;
    case "p":
    case "P":
      return sheet || pair?.revealed ? () => panel.setView({ tinted: !panel.view.tinted }) : undefined;
    default:
      return undefined;
  }
}

function pressable(event: KeyboardEvent): boolean {
  return (event.target as Element).closest("button, vscode-button, summary, a") !== null;
}

function typing(event: KeyboardEvent): boolean {
  const own =
    "input, textarea, vscode-text-field, vscode-text-area, vscode-dropdown, vscode-checkbox, [role=radiogroup], [role=tablist]";
  return (event.target as Element).closest?.(own) != null;
}
