import { html, nothing, type TemplateResult } from "lit";
import { busyNote, failureNote, problemNote } from "../runs/notices";
import type { Problem } from "../runs/state";
import { plural } from "../ui/format";
import type { Interrogation } from "./interrogation";
import type { RunView } from "./protocol";

/** What is being done, what went wrong, what a model cannot do, what is still to be asked. */
export function notices(panel: Interrogation): TemplateResult {
  const { busy, problem, run, running } = panel.state;
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
  ${busy && panel.showsBusy && !running ? busyNote(busy, () => panel.do("cancel")) : nothing} ${missing(panel)}
  ${run && panel.interrupted && !problem ? goOnNote(panel, run) : nothing}`;
}

function act(panel: Interrogation, action: Problem["actions"][number]): void {
  if (action === "pickModel") panel.do("pickModel", "probed");
  else if (action === "trust") panel.do("manageTrust");
  else panel.do("retry");
}

function missing(panel: Interrogation): TemplateResult | typeof nothing {
  const { probed } = panel.state.models;
  if (probed.missing.sample === null) return nothing;
  return html`<div class="note caution" role="note">
    <p class="sp">${probed.name} cannot be asked: ${probed.missing.sample}</p>
    <vscode-button appearance="secondary" @click=${() => panel.do("pickModel", "probed")}>Choose another model…</vscode-button>
  </div>`;
}

/** After an interruption, or when questions were written by hand: what there is, is kept. */
function goOnNote(panel: Interrogation, run: RunView): TemplateResult {
  const snippets = run.snippets - run.written;
  const answers = run.total - run.done;
  const left = [
    ...(snippets > 0 && run.asker !== "hand" ? [`questions about ${plural(snippets, "snippet")}`] : []),
    ...(answers > 0 ? [plural(answers, "answer")] : []),
  ];
  return html`<div class="note" role="note">
    <p class="sp">Still to come: ${left.join(" and ")}. What came is kept, and going on asks only for the rest.</p>
    <vscode-button id="go-on" @click=${() => panel.do("goOn")}>Go on</vscode-button>
  </div>`;
}
