import { html, nothing, type TemplateResult } from "lit";
import { busyNote, failureNote, problemNote } from "../runs/notices";
import type { Problem } from "../runs/state";
import type { Arena } from "./arena";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Arena): TemplateResult {
  const { busy, problem, models, run, running, voting } = panel.state;
  const showLog = () => panel.host.tell("showLog");
  return html`${
    panel.failure === undefined
      ? nothing
      : failureNote(panel.failure, {
          showLog,
          close: () => {
            panel.failure = undefined;
            panel.draw();
          },
        })
  }
  ${problem ? problemNote(problem, { act: (action) => act(panel, action), showLog }) : nothing}
  ${busy && panel.showsBusy && !running ? busyNote(busy, () => panel.do("cancel")) : nothing}
  ${models.flatMap(({ name, missing }) =>
    missing === null
      ? []
      : html`<p class="note caution" role="note">${name} cannot answer: ${missing} Choose another model.</p>`,
  )}
  ${
    run && panel.interrupted && !problem && !voting?.closed
      ? html`<div class="note" role="note">
          <p class="sp">This run stopped before all was answered. What came is kept, and going on asks only for the rest.</p>
          <vscode-button appearance="secondary" id="go-on" @click=${() => panel.do("goOn")}>Go on</vscode-button>
        </div>`
      : nothing
  }`;
}

function act(panel: Arena, action: Problem["actions"][number]): void {
  const [first] = panel.state.setup.contestants;
  if (action === "pickModel" && first) panel.do("pickModel", first.id);
  else if (action === "trust") panel.do("manageTrust");
  else panel.do("retry");
}
