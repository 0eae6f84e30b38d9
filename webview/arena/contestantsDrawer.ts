import { html, nothing, type TemplateResult } from "lit";
import { samplerFields } from "../runs/samplerFields";
import { checkbox } from "../ui/checkbox";
import { textOf } from "../ui/controls";
import { tabs } from "../ui/fields";
import { labelledWhole } from "../ui/slider";
import { nameOf } from "../ui/tokenView";
import type { Arena } from "./arena";
import type { ContestantSetup } from "./setup";

/** How each contestant is asked: prompts and settings are compared by giving the same model twice. */
export function contestantsDrawer(panel: Arena): TemplateResult {
  const { setup, called } = panel.state;
  const { contestants } = setup;
  const inHand = contestants.find(({ id }) => id === panel.inHand) ?? contestants[0];
  if (!inHand) return html``;
  // By place: an id may hold anything.
  const options = contestants.map(({ id }, place) => ({ value: String(place), label: called[place] ?? id }));
  const at = contestants.indexOf(inHand);
  return html`${tabs("Contestants", "contestant-fields", options, String(at), (place) => {
    panel.inHand = contestants[Number(place)]?.id;
    panel.draw();
  })}
    <div class="contestant-fields" id="contestant-fields" role="tabpanel" aria-label=${called[at] ?? ""}>
      ${fields(panel, inHand)}
    </div>`;
}

function fields(panel: Arena, drawn: ContestantSetup): TemplateResult {
  // What holds when something is changed, not when this was drawn: two changes may come within a frame.
  const now = () => panel.state.setup.contestants.find(({ id }) => id === drawn.id) ?? drawn;
  const set = (change: Partial<ContestantSetup>) => panel.setContestant({ ...now(), ...change });
  const area = (id: string, label: string, value: string, change: (text: string) => void, hint = "") =>
    html`<div class="fld wide">
      <label for=${id}>${label}</label>
      <vscode-text-area
        id=${id}
        aria-label=${label}
        rows="2"
        resize="vertical"
        placeholder=${hint}
        .value=${value}
        @change=${(event: Event) => change(textOf(event))}
      ></vscode-text-area>
    </div>`;
  const [temperature, topK, topP, minP] = samplerFields(
    () => ({ sampler: now().sampler, seed: 0 }),
    (change) => {
      if ("sampler" in change) set(change);
    },
  );
  return html`<div class="fld">
      <label for="contestant-name">Name</label>
      <vscode-text-field
        id="contestant-name"
        aria-label="Name"
        placeholder="from its model and what sets it apart"
        .value=${drawn.name}
        @change=${(event: Event) => set({ name: textOf(event) })}
      ></vscode-text-field>
    </div>
    ${area("contestant-template", "What is sent; {prompt} is where the prompt goes", drawn.template, (template) => set({ template }))}
    ${area("contestant-system", "System message, for chat models", drawn.system, (system) => set({ system }), "none")}
    <div class="row wrap fields">
      ${temperature} ${topK} ${topP} ${minP}
      ${labelledWhole({
        ...{ id: "max-tokens", label: "Tokens at most", value: drawn.maxTokens, min: 1, max: 8192 },
        change: (maxTokens) => set({ maxTokens }),
      })}
      ${checkbox({
        label: "Ask in the chat template, where there is one",
        id: "contestant-chat",
        read: () => now().chat,
        change: (chat) => set({ chat }),
      })}
      ${
        drawn.stops.length > 0
          ? html`<p class="small muted hint">An answer ends before ${drawn.stops.map((text) => nameOf({ text })).join(", ")}</p>`
          : nothing
      }
    </div>`;
}
