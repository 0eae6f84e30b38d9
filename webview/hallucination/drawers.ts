import { html, nothing, type TemplateResult } from "lit";
import { bookDrawer } from "./bookDrawer";
import { claimsDrawer } from "./claimsDrawer";
import { moreDrawer } from "./moreDrawer";
import type { Probe } from "./probe";

const names = { claims: "Claims", book: "Open book", more: "More settings" } as const;

/** The part of the settings that is unfolded. */
export function drawer(panel: Probe): TemplateResult | typeof nothing {
  const { drawer: part } = panel.view;
  const { source } = panel.state.setup;
  const folded = panel.narrow && panel.state.run !== null && !panel.unfolded;
  if (part === "none" || folded || (part === "claims" && source.kind !== "claims")) return nothing;
  return html`<section class="card drawer" id="drawer" aria-label=${names[part]} data-region>
    ${part === "claims" && source.kind === "claims" ? claimsDrawer(panel, source) : nothing}
    ${part === "book" ? bookDrawer(panel) : nothing} ${part === "more" ? moreDrawer(panel) : nothing}
  </section>`;
}
