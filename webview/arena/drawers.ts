import { html, nothing, type TemplateResult } from "lit";
import { numberField } from "../ui/slider";
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
    <div class="fld">
      <label for="rounds">Answers to each prompt</label>
      ${numberField({
        ...{ id: "rounds", label: "Answers to each prompt", value: rounds, min: 1, max: 20, step: 1, words: "" },
        change: (next) => panel.set({ rounds: Math.round(next) }),
      })}
    </div>
    <div class="fld">
      <label for="seed">Seed</label>
      ${numberField({
        ...{ id: "seed", label: "Seed", value: seed, min: 0, max: 2 ** 32 - 1, step: 1, words: "" },
        hint: "The same seed gives the same answers; the sides of pairs are drawn anew each time",
        change: (next) => panel.set({ seed: Math.round(next) }),
      })}
    </div>
    <p class="small muted hint">
      With more answers to each prompt there are more votes, but no more prompts: what holds for others rests on the
      number of prompts.
    </p>
  </div>`;
}
