import { runKeys } from "../runs/runKeys";
import type { Probe } from "./probe";

/** The panel's keys. Keys of a list, an answer, a token or a field are theirs and do not get here. */
export function keys(event: KeyboardEvent, panel: Probe): void {
  runKeys(event, panel, { action: () => actionOf(event.key, panel) });
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
