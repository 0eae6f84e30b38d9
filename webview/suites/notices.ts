import { html, nothing, type TemplateResult } from "lit";
import { busyNote, failureNote, problemNote } from "../runs/notices";
import type { Problem } from "../runs/state";
import { icon } from "../ui/icons";
import type { Suites } from "./suites";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Suites): TemplateResult {
  const { busy, problem, models, run, running } = panel.state;
  const showLog = () => panel.host.tell("showLog");
  const close = () => {
    panel.failure = undefined;
    panel.draw();
  };
  return html`${panel.failure === undefined ? nothing : failureNote(panel.failure, { showLog, close })}
  ${problem ? problemNote(problem, { act: (action) => act(panel, action), showLog }) : nothing}
  ${busy && panel.showsBusy && !running ? busyNote(busy, () => panel.do("cancel")) : nothing}
  ${models.map(({ name, missing }) => {
    const [reason] = [missing.sample, missing.chat, missing.text].filter((why) => why !== null);
    if (reason === undefined) return nothing;
    const what =
      missing.sample !== null
        ? "cannot be asked"
        : missing.chat !== null
          ? "is asked documents alone"
          : "is asked chats alone";
    return html`<div class="note caution" role="note">
      <span class="caution-mark">${icon("warning")}</span>
      <p class="sp">${name} ${what}: ${reason}</p>
    </div>`;
  })}
  ${
    run && panel.interrupted && !problem
      ? html`<div class="note" role="note">
          <p class="sp">This run stopped before all was answered. What came is kept, and going on asks only for the rest.</p>
          <vscode-button id="go-on" @click=${() => panel.do("goOn")}>Go on</vscode-button>
        </div>`
      : nothing
  }`;
}

function act(panel: Suites, action: Problem["actions"][number]): void {
  if (action === "pickModel") panel.do("pickModel", 0);
  else if (action === "trust") panel.do("manageTrust");
  else panel.do("retry");
}
