import { html, nothing, type TemplateResult } from "lit";
import { families } from "../../src/experiments/problems/problem";
import { questionMark } from "../../src/experiments/reasoning/arms";
import { shortened } from "../runs/words";
import { checkbox } from "../ui/checkbox";
import { dropdown } from "../ui/fields";
import { icon } from "../ui/icons";
import { labelledWhole } from "../ui/slider";
import { armEditor, editArm, freeId } from "./armEditor";
import type { Reasoning } from "./reasoning";
import { toneOf } from "./sides";
import type { ArmDraft } from "./view";

type Arm = ArmDraft["arm"];

/** Which arms are run, and what each asks. */
export function armsDrawer(panel: Reasoning): TemplateResult {
  const { arms } = panel.state.setup;
  const { draft } = panel.view;
  const all = arms.map(({ arm }) => arm);
  return html`<ul class="arm-list">
      ${arms.map(
        ({ arm }) => html`<li>
          ${checkbox({
            label: html`<i class="sw tone-${toneOf(all, arm.id)}"></i>${arm.name}`,
            look: "arm-on",
            read: () => panel.state.setup.arms.find((each) => each.arm.id === arm.id)?.on ?? false,
            change: (wanted) =>
              // All of them: what is sent is also the order in which they are asked.
              panel.set({
                arms: panel.state.setup.arms.map((each) => ({
                  id: each.arm.id,
                  on: each.arm.id === arm.id ? wanted : each.on,
                })),
              }),
          })}
          <span class="muted wording" title=${arm.chat}>${shortened(arm.chat, 120)}</span>
          <button class="link" id="edit-${arm.id}" aria-expanded=${draft?.arm.id === arm.id ? "true" : "false"} @click=${() => editArm(panel, arm)}>
            Edit
          </button>
          ${draft?.arm.id === arm.id ? armEditor(panel, draft) : nothing}
        </li>`,
      )}
    </ul>
    ${draft && !all.some(({ id }) => id === draft.arm.id) ? armEditor(panel, draft) : nothing}
    <div class="row wrap">
      <button class="link" id="add-arm" @click=${() => editArm(panel, newArm(all))}>${icon("add")} Add an arm of your own</button>
      ${thinking(panel)}
    </div>
    ${examples(panel)}`;
}

/** An arm without thoughts comes by itself once a model was in use; before, one can ask. */
function thinking(panel: Reasoning): TemplateResult | typeof nothing {
  const { setup, models, busy } = panel.state;
  if (setup.arms.some(({ arm }) => arm.templateValues !== undefined)) return nothing;
  return html`<button
    class="link"
    id="find-thinking"
    title="Adds an arm in which a thinking model answers without its thoughts, where its chat template has a switch for them. Loads the model where needed."
    ?disabled=${busy !== null}
    @click=${() => panel.do("findThinkingSwitch")}
  >
    Can ${models[0]?.name ?? "the model"} leave its thoughts out?
  </button>`;
}

const firstExamples = { family: "fruit prices", count: 3 } as const;

/** Solved problems before the question, from which a base model learns what is wanted. */
function examples(panel: Reasoning): TemplateResult {
  const { examples: chosen } = panel.state.setup;
  return html`<div class="row wrap fields worked">
    ${checkbox({
      label: "Worked examples before each question",
      id: "examples",
      hint: "For models that are given documents: solved problems in the arm’s own way. Chats stay as they are.",
      read: () => panel.state.setup.examples !== null,
      change: (on) => panel.set({ examples: on ? firstExamples : null }),
    })}
    ${
      chosen
        ? html`${labelledWhole({
            ...{ id: "example-count", label: "How many", name: "How many worked examples" },
            ...{ value: chosen.count, min: 1, max: 20 },
            change: (count) => panel.set({ examples: { ...chosen, count } }),
          })}
            ${dropdown(
              "example-family",
              "Of",
              families.map((family) => ({ value: family, label: family })),
              chosen.family,
              (value) => {
                const family = families.find((each) => each === value);
                if (family && family !== chosen.family) panel.set({ examples: { ...chosen, family } });
              },
            )}
            <p class="small muted hint">
              In documents alone${panel.state.setup.chat ? ", that is for models without a chat template: turn it off under “More settings” to give them to others" : ""}. None of them is asked.
            </p>`
        : nothing
    }
  </div>`;
}

function newArm(arms: readonly Arm[]): Arm {
  return {
    id: freeId(arms, "own"),
    name: "My own",
    kind: "own",
    chat: `${questionMark} Think it through, then give the answer as “Answer: N”.`,
    document: `Question: ${questionMark}\nAnswer:`,
    documentStops: ["\nQuestion:", "\n\n"],
    maxTokens: 512,
  };
}
