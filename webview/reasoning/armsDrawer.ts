import { html, nothing, type TemplateResult } from "lit";
import { questionMark } from "../../src/experiments/reasoning/arms";
import { textOf } from "../ui/controls";
import { plural } from "../ui/format";
import { icon } from "../ui/icons";
import { numberField } from "../ui/slider";
import { tokenView } from "../ui/tokenView";
import { checkbox } from "./checkbox";
import type { ArmDraft, Reasoning } from "./reasoning";
import { toneOf } from "./sides";
import { shortened } from "./words";

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
          <button class="link" id="edit-${arm.id}" aria-expanded=${panel.draft?.arm.id === arm.id ? "true" : "false"} @click=${() => edit(panel, arm)}>
            Edit
          </button>
          ${panel.draft?.arm.id === arm.id ? editor(panel, panel.draft) : nothing}
        </li>`,
      )}
    </ul>
    ${panel.draft && !all.some(({ id }) => id === panel.draft?.arm.id) ? editor(panel, panel.draft) : nothing}
    <button class="link" id="add-arm" @click=${() => edit(panel, newArm(all))}>${icon("add")} Add an arm of your own</button>`;
}

function newArm(arms: readonly Arm[]): Arm {
  let number = 1;
  while (arms.some(({ id }) => id === `own${number}`)) number++;
  return {
    id: `own${number}`,
    name: number === 1 ? "My own" : `My own ${number}`,
    kind: "own",
    chat: `${questionMark} Think it through, then give the answer as “Answer: N”.`,
    document: `Question: ${questionMark}\nAnswer:`,
    documentStops: ["\nQuestion:", "\n\n"],
    maxTokens: 512,
  };
}

function edit(panel: Reasoning, arm: Arm): void {
  panel.draft = panel.draft?.arm.id === arm.id ? undefined : { arm, error: undefined };
  panel.draw();
}

function editor(panel: Reasoning, draft: ArmDraft): TemplateResult {
  const { arm, error } = draft;
  const set = (change: Partial<Arm>) => {
    panel.draft = { arm: { ...arm, ...change }, error: undefined };
    panel.draw();
  };
  const area = (field: "chat" | "document", label: string, rows: number) => html`<div class="fld wide">
    <label for="arm-${field}">${label}</label>
    <vscode-text-area
      id="arm-${field}"
      class="mono"
      aria-label=${label}
      rows=${rows}
      resize="vertical"
      .value=${arm[field]}
      @input=${(event: Event) => set({ [field]: textOf(event) })}
    ></vscode-text-area>
  </div>`;
  const versions = panel.state.versions[arm.id] ?? [];
  return html`<div class="arm-editor">
    <div class="row wrap fields">
      <div class="fld">
        <label for="arm-name">Name</label>
        <vscode-text-field id="arm-name" aria-label="Name" .value=${arm.name} @input=${(event: Event) => set({ name: textOf(event) })}></vscode-text-field>
      </div>
      <div class="fld">
        <label for="arm-max">At most tokens</label>
        ${numberField({ id: "arm-max", label: "At most tokens of an answer", value: arm.maxTokens, min: 1, max: 100_000, step: 1, words: "", change: (maxTokens) => set({ maxTokens: Math.round(maxTokens) }) })}
      </div>
    </div>
    ${area("chat", `Message to a chat model; ${questionMark} stands for the question`, 3)}
    ${area("document", "Document for a base model, up to where its answer begins", 3)}
    ${error === undefined ? nothing : html`<p class="wrong" role="alert">${error}</p>`}
    ${promptTokens(panel, arm)}
    <div class="row wrap">
      <vscode-button id="save-arm" @click=${() => save(panel, arm)}>Use this wording</vscode-button>
      <vscode-button appearance="secondary" @click=${() => edit(panel, arm)}>Close</vscode-button>
      <button class="link" @click=${() => panel.do("resetArm", arm.id)}>${arm.kind === "own" ? "Remove this arm" : "First wording"}</button>
      ${versions.length > 0 ? html`<span class="muted small">Earlier wordings</span>` : nothing}
      ${versions.slice(0, 5).map(
        ({
          chat,
          document,
          when,
        }) => html`<button class="link small" title=${chat} @click=${() => set({ chat, document })}>
          ${shortened(chat, 28)} <span class="muted">${when}</span>
        </button>`,
      )}
    </div>
  </div>`;
}

/** The prompt of the first question as exact tokens; of the wording in use, not of the one being typed. */
function promptTokens(panel: Reasoning, draft: Arm): TemplateResult | typeof nothing {
  const arm = panel.state.setup.arms.find((each) => each.arm.id === draft.id)?.arm;
  if (!arm || panel.state.questions.count === 0) return nothing;
  if (arm.chat !== draft.chat || arm.document !== draft.document) {
    return html`<p class="small muted">Its tokens are shown once the wording is in use.</p>`;
  }
  const prompt = panel.promptOf(arm);
  if (!prompt) return html`<p class="small muted">Asking the model for the prompt’s tokens…</p>`;
  const own = prompt.ofQuestion === null ? "" : `, ${plural(prompt.ofQuestion, "token")} of them the question’s`;
  return html`<p class="small muted">First question’s prompt: ${plural(prompt.tokens.length, "token")}${own}</p>
    <p class="prompt-tokens mono" tabindex="0" role="group" aria-label="Tokens of the first question’s prompt">
      ${prompt.tokens.map((token, index) => html`<span class="tk ${token.special ? "" : `b${index % 6}`}">${tokenView(token)}</span>`)}
    </p>`;
}

function save(panel: Reasoning, arm: Arm): void {
  panel.host.call("setArm", arm).then(
    () => {
      panel.draft = undefined;
      panel.draw();
    },
    (error: unknown) => {
      panel.draft = { arm, error: error instanceof Error ? error.message : String(error) };
      panel.draw();
    },
  );
}
