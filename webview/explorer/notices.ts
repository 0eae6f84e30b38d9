import { html, nothing, type TemplateResult } from "lit";
import { busyNote, failureNote, problemNote } from "../runs/notices";
import { icon } from "../ui/icons";
import type { Explorer } from "./explorer";
import { edit } from "./promptView";

/** What is being done, what went wrong, what is missing. */
export function notices(explorer: Explorer): TemplateResult {
  const { busy, problem, model, prompt, rival } = explorer.state;
  const slots = [{ id: model?.id ?? "", pick: () => explorer.do("pickModel", "own") }];
  if (rival) slots.push({ id: rival.model.id, pick: () => explorer.do("pickModel", "rival") });
  const showLog = () => explorer.host.tell("showLog");
  return html`${explorer.failure === undefined ? nothing : failureNote(explorer.failure, { showLog, close: () => close(explorer) })}
  ${problem ? problemNote(problem, { slots, act: (action) => act(explorer, action), showLog }) : nothing}
  ${busy && explorer.showsBusy ? busyNote(busy, () => explorer.do("cancel")) : nothing}
  ${model?.missing.next && prompt && !problem ? missingNote(explorer, model.missing.next) : nothing}`;
}

function close(explorer: Explorer): void {
  explorer.failure = undefined;
  explorer.draw();
}

function act(explorer: Explorer, action: string): void {
  explorer.do(action === "trust" ? "manageTrust" : "retry");
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
          edit(explorer, examples[0]!);
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
