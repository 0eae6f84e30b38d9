import type { Suites } from "./suites";

/** The panel's keys. Keys of a list, a table or a field are theirs and do not get here. */
export function keys(event: KeyboardEvent, panel: Suites): void {
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && command) {
    event.preventDefault();
    panel.run();
    return;
  }
  if (typing(event)) return;
  if (event.key === "Escape") {
    if (panel.state.running) panel.do("stop");
    else if (panel.state.busy) panel.do("cancel");
    return;
  }
  if (command || event.altKey || event.key.toLowerCase() !== "p") return;
  event.preventDefault();
  panel.setView({ paint: panel.view.paint === "probability" ? "tokens" : "probability" });
}

function typing(event: KeyboardEvent): boolean {
  return (event.target as Element).closest("input, textarea, vscode-text-field, vscode-dropdown") !== null;
}
