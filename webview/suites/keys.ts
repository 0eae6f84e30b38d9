import { runKeys } from "../runs/runKeys";
import type { Suites } from "./suites";

/** The panel's keys. Keys of a list, a table or a field are theirs and do not get here. */
export function keys(event: KeyboardEvent, panel: Suites): void {
  runKeys(event, panel, { action: () => (event.key.toLowerCase() === "p" ? () => togglePaint(panel) : undefined) });
}

function togglePaint(panel: Suites): void {
  panel.setView({ paint: panel.view.paint === "probability" ? "tokens" : "probability" });
}
