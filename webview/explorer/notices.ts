import { html, nothing, type TemplateResult } from "lit";
import type { Busy, Problem } from "../runs/state";
import { icon } from "../ui/icons";
import type { Explorer } from "./explorer";
import { edit } from "./promptView";

const actionNames: Readonly<Record<Problem["actions"][number], string>> = {
  retry: "Try again",
  restart: "Restart and go on",
  pickModel: "Choose another model…",
  trust: "Trust this workspace…",
};

/** What is being done, what went wrong, what is missing. */
export function notices(explorer: Explorer): TemplateResult {
  const { busy, problem, model, prompt } = explorer.state;
  return html`${explorer.failure === undefined ? nothing : failure(explorer)}
  ${problem ? problemNote(explorer, problem) : nothing} ${busy && explorer.showsBusy ? busyNote(explorer, busy) : nothing}
  ${model?.missing.next && prompt && !problem ? missingNote(explorer, model.missing.next) : nothing}`;
}

function failure(explorer: Explorer): TemplateResult {
  return html`<div class="note error" role="alert">
    <p class="sp">${explorer.failure}</p>
    <button class="link" @click=${() => explorer.host.tell("showLog")}>Show log</button>
    <button
      class="link"
      @click=${() => {
        explorer.failure = undefined;
        explorer.draw();
      }}
    >
      Close
    </button>
  </div>`;
}

function problemNote(explorer: Explorer, { kind, message, details, actions }: Problem): TemplateResult {
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
                  @click=${() => act(explorer, action)}
                  >${actionNames[action]}</vscode-button
                >`,
              )}
              ${kind === "error" ? html`<button class="link" @click=${() => explorer.host.tell("showLog")}>Show log</button>` : nothing}
            </div>`
          : nothing
      }
      ${details ? html`<pre class="log mono" tabindex="0">${details}</pre>` : nothing}
    </div>
  </div>`;
}

function act(explorer: Explorer, action: Problem["actions"][number]): void {
  if (action === "pickModel") explorer.do("pickModel", "own");
  else if (action === "trust") explorer.do("manageTrust");
  else explorer.do("retry");
}

function busyNote(explorer: Explorer, { message, fraction }: Busy): TemplateResult {
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return html`<div class="busy card" role="status">
    <div class="row">
      <b>${message}</b>${percent === undefined ? nothing : html`<span class="muted num">${percent} %</span>`}
      <span class="sp"></span>
      <vscode-button appearance="secondary" id="cancel" title="Esc" @click=${() => explorer.do("cancel")}>Cancel</vscode-button>
    </div>
    <svg
      class="progress ${percent === undefined ? "unknown" : ""}"
      role="progressbar"
      aria-label=${message}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${percent ?? nothing}
    >
      <rect class="track" width="100%" height="4"></rect>
      <rect class="fill" width=${percent === undefined ? "30%" : `${percent}%`} height="4"></rect>
    </svg>
  </div>`;
}

function missingNote(explorer: Explorer, reason: string): TemplateResult {
  const { missing } = explorer.state.model!;
  const rows: readonly (readonly [string, string | null])[] = [
    ["Continuations as text", missing.sample],
    ["The tokens of the prompt", missing.tokenize],
    ["Entropy on the prompt’s tokens", missing.score],
    ["What comes next, with probabilities", "needs the log-probabilities of the next token"],
  ];
  return html`<div class="note caution" role="note">
    <span class="caution-mark">${icon("warning")}</span>
    <div class="sp">
      <p><b>This model does not say how likely its next tokens are.</b> ${reason}</p>
      <table class="capabilities">
        <tbody>
          ${rows.map(
            ([what, why]) => html`<tr>
              <td class=${why === null ? "" : "muted"}>${why === null ? "✓" : "–"} ${what}</td>
              <td class="muted">${why ?? "works"}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <vscode-button appearance="secondary" @click=${() => explorer.do("pickModel", "own")}>Choose another model…</vscode-button>
    </div>
  </div>`;
}

/** Short texts that the built-in models have something to say about. */
const examples: readonly string[] = ["The capital of Hungary is", "Isaac Newton was an", "12 + 7 ="];

/** What the panel is for and three ways in, while there is no prompt. */
export function empty(explorer: Explorer): TemplateResult {
  return html`<section class="empty-page card" data-region>
    <h2 class="empty-title">What comes next?</h2>
    <p class="muted">
      Shows which tokens a model expects after a prompt, what each sampler setting makes of that, and lets you toss the coin
      yourself, take any token, and branch.
    </p>
    <div class="ways">
      <vscode-button id="use-editor" @click=${() => explorer.do("setLink", "follow")}>Use the text in the editor</vscode-button>
      <span class="muted">up to the cursor, or the selection; nothing leaves this computer with a local model</span>
      <vscode-button
        appearance="secondary"
        id="type-prompt"
        @click=${() => {
          explorer.do("setText", examples[0]!);
          edit(explorer);
        }}
        >Type a prompt</vscode-button
      >
      <span class="muted">starts from “${examples[0]}”</span>
      <vscode-button appearance="secondary" @click=${() => explorer.do("pickModel", "own")}>Choose a model…</vscode-button>
      <span class="muted">the built-in one is ready in under a second</span>
    </div>
    <p class="small muted">
      Examples
      ${examples.map((text) => html`<button class="link" @click=${() => explorer.do("setText", text)}>${text}</button>`)}
    </p>
  </section>`;
}
