import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../ui/icons";
import type { Busy, ModelView, Problem } from "./state";

const actionNames: Readonly<Record<Problem["actions"][number], string>> = {
  retry: "Try again",
  restart: "Restart and go on",
  pickModel: "Choose another model…",
  trust: "Trust this workspace…",
};

/** An error that nobody was waiting for. */
export function failureNote(text: string, { showLog, close }: { showLog(): void; close(): void }): TemplateResult {
  return html`<div class="note error" role="alert">
    <p class="sp">${text}</p>
    <button class="link" @click=${showLog}>Show log</button>
    <button class="link" @click=${close}>Close</button>
  </div>`;
}

/** A model that is set up, and how another one takes its place. */
export interface ModelSlot {
  readonly id: string;
  pick(): void;
}

/** Models that are set up each for its own part. */
export function roleSlots<Role extends string>(
  models: Readonly<Record<Role, ModelView | null>>,
  pick: (role: Role) => void,
): ModelSlot[] {
  const roles = Object.entries(models) as [Role, ModelView | null][];
  return roles.flatMap(([role, model]) => (model ? [{ id: model.id, pick: () => pick(role) }] : []));
}

/** Where the model of a problem is set up; undefined where there are several and none is known to be it. */
export function slotOf(slots: readonly ModelSlot[], model: string | null): ModelSlot | undefined {
  const [first] = slots;
  return slots.find(({ id }) => id === model) ?? (slots.every(({ id }) => id === first?.id) ? first : undefined);
}

interface ProblemHands {
  readonly slots: readonly ModelSlot[];
  act(action: Exclude<Problem["actions"][number], "pickModel">): void;
  showLog(): void;
}

/** What went wrong or is missing, with what can be done about it. */
export function problemNote(problem: Problem, { slots, act, showLog }: ProblemHands): TemplateResult {
  const { kind, message, details } = problem;
  const slot = slotOf(slots, problem.model);
  const actions = problem.actions.filter((action) => action !== "pickModel" || slot);
  return html`<div class="note ${kind === "error" ? "error" : ""}" role=${kind === "error" ? "alert" : "note"}>
    ${kind === "error" ? html`<span class="wrong">${icon("failed")}</span>` : nothing}
    <div class="sp">
      <p>${message}</p>
      ${
        actions.length > 0 || kind === "error"
          ? html`<div class="row wrap note-actions">
              ${actions.map(
                (action, index) => html`<vscode-button
                  appearance=${index === 0 ? "primary" : "secondary"}
                  id="action-${action}"
                  @click=${() => (action === "pickModel" ? slot?.pick() : act(action))}
                  >${actionNames[action]}</vscode-button
                >`,
              )}
              ${kind === "error" ? html`<button class="link" @click=${showLog}>Show log</button>` : nothing}
            </div>`
          : nothing
      }
      ${details ? html`<pre class="log mono" tabindex="0">${details}</pre>` : nothing}
    </div>
  </div>`;
}

/** What is being done, with a way to end it. */
export function busyNote({ message, fraction }: Busy, cancel: () => void): TemplateResult {
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return html`<div class="busy card" role="status">
    <div class="row">
      <b>${message}</b>${percent === undefined ? nothing : html`<span class="muted num">${percent} %</span>`}
      <span class="sp"></span>
      <vscode-button appearance="secondary" id="cancel" title="Esc" @click=${cancel}>Cancel</vscode-button>
    </div>
    ${progressBar(message, fraction)}
  </div>`;
}

/** `fraction` 0 to 1; null when it cannot be known. */
export function progressBar(name: string, fraction: number | null): TemplateResult {
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return html`<svg
    class="progress ${percent === undefined ? "unknown" : ""}"
    role="progressbar"
    aria-label=${name}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${percent ?? nothing}
  >
    <rect class="track" width="100%" height="4"></rect>
    <rect class="fill" width=${percent === undefined ? "30%" : `${percent}%`} height="4"></rect>
  </svg>`;
}
