import type { Probe } from "./probe";

/** The panel's keys. Keys of a list, an answer, a token or a field are theirs and do not get here. */
export function keys(event: KeyboardEvent, panel: Probe): void {
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && command) {
    event.preventDefault();
    panel.run();
    return;
  }
  if (event.key === "Escape" && !typing(event)) {
    if (panel.state.running) panel.do("stop");
    else if (panel.state.busy) panel.do("cancel");
    return;
  }
  if (command || event.altKey || typing(event)) return;
  const action = actionOf(event.key, panel);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf(key: string, panel: Probe): (() => void) | undefined {
  switch (key.toLowerCase()) {
    case "/": {
      const find = panel.root.querySelector<HTMLElement>("#find");
      return find ? () => find.focus() : undefined;
    }
    case "p":
      return () => panel.setView({ tinted: !panel.view.tinted });
    case "u":
      return panel.state.canUndoCorrection ? () => panel.do("undoCorrection") : undefined;
    default:
      return undefined;
  }
}

function typing(event: KeyboardEvent): boolean {
  return (
    (event.target as Element).closest("input, textarea, vscode-text-field, vscode-text-area, vscode-dropdown") !== null
  );
}
