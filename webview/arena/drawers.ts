import { html, nothing, type TemplateResult } from "lit";
import { labelledWhole } from "../ui/slider";
import type { Arena } from "./arena";
import { contestantsDrawer } from "./contestantsDrawer";
import { promptsDrawer } from "./promptsDrawer";

/** The part of the settings that is unfolded. */
export function drawer(panel: Arena): TemplateResult | typeof nothing {
  const { drawer: part } = panel.view;
  const folded = panel.narrow && panel.state.run !== null && !panel.unfolded;
  if (part === "none" || folded) return nothing;
  const names = { prompts: "Prompts", contestants: "How they are asked", more: "More settings" } as const;
  return html`<section class="card drawer" id="drawer" aria-label=${names[part]} data-region>
    ${part === "prompts" ? promptsDrawer(panel) : part === "contestants" ? contestantsDrawer(panel) : moreDrawer(panel)}
  </section>`;
}

function moreDrawer(panel: Arena): TemplateResult {
  const { rounds, seed } = panel.state.setup;
  return html`<div class="row wrap fields">
    ${labelledWhole({
      ...{ id: "rounds", label: "Answers to each prompt", value: rounds, min: 1, max: 20 },
      change: (next) => panel.set({ rounds: next }),
    })}
    ${labelledWhole({
      ...{ id: "seed", label: "Seed", value: seed, min: 0, max: 2 ** 32 - 1 },
      hint: "The same seed gives the same answers; the sides of pairs are drawn anew each time",
      change: (next) => panel.set({ seed: next }),
    })}
    <p class="small muted hint">
      With more answers to each prompt there are more votes, but no more prompts: what holds for others rests on the
      number of prompts.
    </p>
  </div>`;
}
