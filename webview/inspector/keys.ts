import type { Inspector } from "./inspector";

/** / goes to the search, Escape gives up the choice. */
export function keys(event: KeyboardEvent, inspector: Inspector): void {
  const typing = (event.target as Element).closest("vscode-text-field, vscode-text-area, input, textarea") !== null;
  if (event.key === "/" && !typing && inspector.state.mode === "vocabulary") {
    event.preventDefault();
    inspector.root.querySelector<HTMLElement>("#vocabulary-search")?.focus();
  } else if (event.key === "Escape") {
    inspector.clearChoice();
  }
}
