import { html, type TemplateResult } from "lit";
import { icon } from "../ui/icons";
import type { Probe } from "./probe";
import type { View } from "./view";

/** Unfolds a part of the settings, or folds it again. */
export function drawerButton(
  panel: Probe,
  part: Exclude<View["drawer"], "none">,
  text: string,
  look: string,
): TemplateResult {
  const open = panel.view.drawer === part;
  return html`<button
    class=${look}
    id="open-${part}"
    aria-expanded=${open ? "true" : "false"}
    aria-controls="drawer"
    @click=${() => panel.setView({ drawer: open ? "none" : part })}
  >
    <span>${text}</span>${icon("expand")}
  </button>`;
}
