import { html, nothing, type TemplateResult } from "lit";
import { questionMark } from "../../src/experiments/reasoning/arms";
import { shortened } from "../runs/words";
import { checkbox } from "../ui/checkbox";
import { icon } from "../ui/icons";
import { armEditor, editArm, freeId } from "./armEditor";
import type { ArmDraft, Reasoning } from "./reasoning";
import { toneOf } from "./sides";

type Arm = ArmDraft["arm"];

/** Which arms are run, and what each asks. */
export function armsDrawer(panel: Reasoning): TemplateResult {
  const { arms } = panel.state.setup;
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
          <button class="link" id="edit-${arm.id}" aria-expanded=${panel.draft?.arm.id === arm.id ? "true" : "false"} @click=${() => editArm(panel, arm)}>
            Edit
          </button>
          ${panel.draft?.arm.id === arm.id ? armEditor(panel, panel.draft) : nothing}
        </li>`,
      )}
    </ul>
    ${panel.draft && !all.some(({ id }) => id === panel.draft?.arm.id) ? armEditor(panel, panel.draft) : nothing}
    <button class="link" id="add-arm" @click=${() => editArm(panel, newArm(all))}>${icon("add")} Add an arm of your own</button>`;
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
