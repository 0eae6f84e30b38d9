import { html, nothing, type TemplateResult } from "lit";
import { goOnNote, workNotices } from "../runs/runNotices";
import { icon } from "../ui/icons";
import type { Suites } from "./suites";

/** What is being done, what went wrong, what a model cannot do. */
export function notices(panel: Suites): TemplateResult {
  const { problem, models, run } = panel.state;
  const slots = models.map(({ id }, place) => ({ id, pick: () => panel.do("pickModel", place) }));
  return html`${workNotices(panel, slots)}
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
      <p class="sp">${name} ${what}. ${reason}</p>
    </div>`;
  })}
  ${run && panel.interrupted && !problem ? goOnNote(panel, "This run stopped before all was answered.") : nothing}`;
}
