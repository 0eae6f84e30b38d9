import { html, nothing, type TemplateResult } from "lit";
import { defaultArms, questionMark } from "../../src/experiments/reasoning/arms";
import { shortened } from "../runs/words";
import { checkbox } from "../ui/checkbox";
import { textOf } from "../ui/controls";
import { messageOf } from "../ui/errors";
import { dayAndTime, plural } from "../ui/format";
import { labelledWhole } from "../ui/slider";
import { tokenView } from "../ui/tokenView";
import type { Reasoning } from "./reasoning";
import { stopsOf, stopsText } from "./stopTexts";
import type { ArmDraft } from "./view";

type Arm = ArmDraft["arm"];

/** What templates of thinking models know; others leave it alone. */
const noThinking = { enable_thinking: false, thinking: false };

/** Opens the editor of an arm, or closes it again. */
export function editArm(panel: Reasoning, arm: Arm): void {
  panel.setView({ draft: panel.view.draft?.arm.id === arm.id ? null : { arm } });
}

/** An id that no arm has yet. */
export function freeId(arms: readonly Arm[], start: string): string {
  let number = 1;
  while (arms.some(({ id }) => id === `${start}${number}`)) number++;
  return `${start}${number}`;
}

/** As it is being typed, or else written out. */
function stopLines({ stops, arm }: ArmDraft): string {
  return stops ?? stopsText(arm.documentStops);
}

/** The first arm is what the others are compared with. */
function putFirst(panel: Reasoning, id: string): void {
  const arms = panel.state.setup.arms.map((each) => ({ id: each.arm.id, on: each.on || each.arm.id === id }));
  panel.set({ arms: [...arms.filter((each) => each.id === id), ...arms.filter((each) => each.id !== id)] });
}

/** The texts of an arm, its first prompt as exact tokens, and earlier wordings. */
export function armEditor(panel: Reasoning, draft: ArmDraft): TemplateResult {
  const { arm, error } = draft;
  const set = (change: Partial<Arm>, stops = draft.stops) =>
    panel.setView({ draft: { arm: { ...arm, ...change }, stops } });
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
  const known = panel.state.setup.arms.some((each) => each.arm.id === arm.id);
  return html`<div class="arm-editor">
    <div class="row wrap fields">
      <div class="fld">
        <label for="arm-name">Name</label>
        <vscode-text-field id="arm-name" aria-label="Name" .value=${arm.name} @input=${(event: Event) => set({ name: textOf(event) })}></vscode-text-field>
      </div>
      ${labelledWhole({
        ...{ id: "arm-max", label: "At most tokens", name: "At most tokens of an answer" },
        ...{ value: arm.maxTokens, min: 1, max: 100_000 },
        change: (maxTokens) => set({ maxTokens }),
      })}
    </div>
    ${area("chat", `Message to a chat model; ${questionMark} stands for the question`, 3)}
    ${area("document", "Document for a base model, up to where its answer begins", 3)}
    <div class="fld wide">
      <label for="arm-stops">Texts that end a base model’s answer, one a line; \\n is a line end</label>
      <vscode-text-area
        id="arm-stops"
        class="mono"
        aria-label="Texts that end a base model’s answer, one a line"
        rows=${Math.max(2, arm.documentStops.length)}
        resize="vertical"
        .value=${stopLines(draft)}
        @input=${(event: Event) => set({ documentStops: stopsOf(textOf(event)) }, textOf(event))}
      ></vscode-text-area>
    </div>
    ${checkbox({
      label: "Thinking turned off, where the template can",
      hint: "Passes enable_thinking: false to the chat template. One that does not know it renders the same prompt.",
      read: () => panel.view.draft?.arm.templateValues?.enable_thinking === false,
      change: (off) => set({ templateValues: off ? noThinking : {} }),
    })}
    ${error === undefined ? nothing : html`<p class="wrong" role="alert">${error}</p>`}
    ${promptTokens(panel, arm)}
    <div class="row wrap">
      <vscode-button id="save-arm" @click=${() => save(panel, arm)}>Use this wording</vscode-button>
      <vscode-button appearance="secondary" @click=${() => editArm(panel, arm)}>Close</vscode-button>
      ${known ? knownActions(panel, arm) : nothing}
      ${versions.length > 0 ? html`<span class="muted small">Earlier wordings</span>` : nothing}
      ${versions.slice(0, 5).map(
        ({
          chat,
          document,
          when,
        }) => html`<button class="link small" title=${chat} @click=${() => set({ chat, document })}>
          ${shortened(chat, 28)} <span class="muted">${dayAndTime(when)}</span>
        </button>`,
      )}
    </div>
  </div>`;
}

/** What stands in the fields was of the wording that goes. */
function resetArm(panel: Reasoning, id: string): void {
  panel.do("resetArm", id);
  panel.setView({ draft: null });
}

function knownActions(panel: Reasoning, arm: Arm): TemplateResult {
  const { arms } = panel.state.setup;
  const own = !defaultArms.some(({ id }) => id === arm.id);
  const copy = {
    ...arm,
    id: freeId(
      arms.map((each) => each.arm),
      `${arm.id}-`,
    ),
    name: `${arm.name}, another wording`,
  };
  return html`<button class="link" @click=${() => resetArm(panel, arm.id)}>${own ? "Remove this arm" : "First wording"}</button>
    <button class="link" id="copy-arm" @click=${() => editArm(panel, copy)}>Copy as another arm</button>
    ${arms[0]?.arm.id === arm.id ? nothing : html`<button class="link" id="first-arm" title="The others are held against the first arm" @click=${() => putFirst(panel, arm.id)}>Compare the others with it</button>`}`;
}

/** The prompt of the first question as exact tokens; of the wording in use, not of the one being typed. */
function promptTokens(panel: Reasoning, draft: Arm): TemplateResult | typeof nothing {
  const arm = panel.state.setup.arms.find((each) => each.arm.id === draft.id)?.arm;
  if (!arm || panel.state.questions.count === 0) return nothing;
  if (JSON.stringify(arm) !== JSON.stringify(draft)) {
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
    () => panel.setView({ draft: null }),
    (error: unknown) => panel.setView({ draft: { arm, error: messageOf(error) } }),
  );
}
