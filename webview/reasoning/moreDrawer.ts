import { html, nothing, type TemplateResult } from "lit";
import { samplerFields } from "../runs/samplerFields";
import { chatField, systemField, undoSetupButton } from "../runs/setupFields";
import { textOf } from "../ui/controls";
import { labelledWhole } from "../ui/slider";
import type { Reasoning } from "./reasoning";

/** Sampler, seed, system message, budget, and what a grader needs to know. */
export function moreDrawer(panel: Reasoning): TemplateResult {
  const { setup, canUndo } = panel.state;
  return html`<div class="row wrap fields">
      ${samplerFields(
        () => panel.state.setup,
        (change) => panel.set(change),
      )}
      ${budget(panel)} ${graderFields(panel)}
      ${chatField(
        () => panel.state.setup.chat,
        (chat) => panel.set({ chat }),
      )}
    </div>
    ${systemField(setup.system, (system) => panel.set({ system }))}
    ${undoSetupButton(panel, canUndo)}`;
}

function budget(panel: Reasoning): TemplateResult {
  const { tokenBudget } = panel.state.setup;
  return html`<div class="fld">
    <label for="budget">At most tokens</label>
    <vscode-text-field
      id="budget"
      size="10"
      aria-label="At most so many tokens in all; empty for no limit"
      title="Ends the run once so many tokens were sampled"
      placeholder="no limit"
      .value=${tokenBudget === null ? "" : String(tokenBudget)}
      @change=${(event: Event) => {
        const typed = textOf(event).replaceAll(",", "").trim();
        const value = Number(typed);
        if (typed === "") panel.set({ tokenBudget: null });
        else if (Number.isInteger(value) && value > 0) panel.set({ tokenBudget: value });
        else panel.fail(new Error("The limit of tokens takes a whole number above 0, or nothing for none."));
      }}
    ></vscode-text-field>
  </div>`;
}

function graderFields(panel: Reasoning): TemplateResult | typeof nothing {
  const { grader } = panel.state.setup;
  if (grader.kind === "pattern") {
    return html`<div class="fld">
      <label for="pattern">Expression; its first group is the answer</label>
      <vscode-text-field
        id="pattern"
        class="mono"
        aria-label="Regular expression of the answer"
        .value=${grader.pattern}
        @change=${(event: Event) => {
          const pattern = textOf(event);
          try {
            new RegExp(pattern);
            panel.set({ grader: { kind: "pattern", pattern } });
          } catch (error) {
            panel.fail(error);
          }
        }}
      ></vscode-text-field>
    </div>`;
  }
  if (grader.kind !== "choice") return nothing;
  return labelledWhole({
    ...{ id: "choices", label: "Choices", value: grader.choices, min: 2, max: 26 },
    change: (choices) => panel.set({ grader: { kind: "choice", choices } }),
  });
}
