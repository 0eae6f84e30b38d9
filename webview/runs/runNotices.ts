import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../ui/icons";
import { busyNote, failureNote, type ModelSlot, problemNote } from "./notices";
import type { Busy, Problem } from "./state";

interface Noticing {
  failure: string | undefined;
  readonly showsBusy: boolean;
  readonly state: { readonly busy: Busy | null; readonly problem: Problem | null; readonly running: object | null };
  readonly host: { tell(method: "showLog"): void };
  do(method: "cancel" | "retry" | "manageTrust"): void;
  draw(): void;
}

/** What went wrong and what is being done. `slots`: the models that are set up. */
export function workNotices(panel: Noticing, slots: readonly ModelSlot[]): TemplateResult {
  const { busy, problem, running } = panel.state;
  const showLog = () => panel.host.tell("showLog");
  const close = () => {
    panel.failure = undefined;
    panel.draw();
  };
  const act = (action: string) => panel.do(action === "trust" ? "manageTrust" : "retry");
  return html`${panel.failure === undefined ? nothing : failureNote(panel.failure, { showLog, close })}
  ${problem ? problemNote(problem, { slots, act, showLog }) : nothing}
  ${busy && panel.showsBusy && !running ? busyNote(busy, () => panel.do("cancel")) : nothing}`;
}

/** The run has more to ask, in `words`. */
export function goOnNote(panel: { do(method: "goOn"): void }, words: string): TemplateResult {
  return html`<div class="note" role="note">
    <p class="sp">${words} What came is kept, and going on asks only for the rest.</p>
    <vscode-button id="go-on" @click=${() => panel.do("goOn")}>Go on</vscode-button>
  </div>`;
}

/** What the panel does, how it does with this model, and why not; null where it works. */
export type Capability = readonly [what: string, works: string, why: string | null];

/** What a model can do of all the panel does; what still works comes first. */
export function missingNote(name: string, rows: readonly Capability[], pickModel: () => void): TemplateResult {
  return html`<details class="note caution missing">
    <summary><span class="caution-mark">${icon("warning")}</span> ${name} cannot do all of it</summary>
    <table class="capabilities">
      <tbody>
        ${rows.map(
          ([what, works, why]) => html`<tr>
            <td class=${why === null ? "" : "muted"}>${why === null ? "✓" : "–"} ${what}</td>
            <td class="muted">${why ?? works}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    <vscode-button appearance="secondary" @click=${pickModel}>Choose another model…</vscode-button>
  </details>`;
}
