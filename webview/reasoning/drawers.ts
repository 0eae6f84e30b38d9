import { html, nothing, type TemplateResult } from "lit";
import { armsDrawer } from "./armsDrawer";
import { moreDrawer } from "./moreDrawer";
import { questionsDrawer } from "./questionsDrawer";
import type { Reasoning } from "./reasoning";

/** The part of the settings that is unfolded. */
export function drawer(panel: Reasoning): TemplateResult | typeof nothing {
  const { drawer: part } = panel.view;
  const folded = panel.narrow && panel.state.run !== null && !panel.unfolded;
  if (part === "none" || folded) return nothing;
  const names = { questions: "What is asked", arms: "Arms", more: "More settings" } as const;
  return html`<section class="card drawer" id="drawer" aria-label=${names[part]} data-region>
    ${part === "questions" ? questionsDrawer(panel) : part === "arms" ? armsDrawer(panel) : moreDrawer(panel)}
  </section>`;
}
