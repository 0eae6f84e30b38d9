import { html, nothing, type TemplateResult } from "lit";
import { roleSlots } from "../runs/notices";
import { goOnNote, workNotices } from "../runs/runNotices";
import { plural } from "../ui/format";
import type { Interrogation } from "./interrogation";
import type { RunView } from "./protocol";

/** What is being done, what went wrong, what a model cannot do, what is still to be asked. */
export function notices(panel: Interrogation): TemplateResult {
  const { problem, models, run } = panel.state;
  const slots = roleSlots(models, (role) => panel.do("pickModel", role));
  return html`${workNotices(panel, slots)} ${missing(panel)}
  ${run && panel.interrupted && !problem ? stillToCome(panel, run) : nothing}`;
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
function stillToCome(panel: Interrogation, run: RunView): TemplateResult {
  const snippets = run.snippets - run.written;
  const answers = run.total - run.done;
  const left = [
    ...(snippets > 0 && run.asker !== "hand" ? [`questions about ${plural(snippets, "snippet")}`] : []),
    ...(answers > 0 ? [plural(answers, "answer")] : []),
  ];
  return goOnNote(panel, `Still to come: ${left.join(" and ")}.`);
}
