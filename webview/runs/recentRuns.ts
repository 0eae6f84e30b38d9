import { html, nothing, type TemplateResult } from "lit";
import { dayAndTime } from "../ui/format";
import type { RecentRun } from "./state";

/** The newest saved runs, on the empty page. */
export function recentRuns(
  panel: { do(method: "openRun", uri: string): void },
  runs: readonly RecentRun[],
): TemplateResult | typeof nothing {
  if (runs.length === 0) return nothing;
  return html`<p class="small muted">
    Last runs
    ${runs.map(
      ({ uri, name, label, when }) =>
        html`<button class="link" title=${`${label}, ${dayAndTime(when)}`} @click=${() => panel.do("openRun", uri)}>${name}</button>`,
    )}
  </p>`;
}
