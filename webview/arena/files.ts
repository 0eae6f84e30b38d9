import { html, nothing, type TemplateResult } from "lit";
import { exportLinks, fileLink, startOverLink } from "../runs/fileLinks";
import { dayAndTime, plural } from "../ui/format";
import type { Arena } from "./arena";
import type { RunView } from "./protocol";

/** Where the run is kept, and what can be taken elsewhere. */
export function files(panel: Arena, run: RunView): TemplateResult {
  const { voting } = panel.state;
  const when = dayAndTime(run.created);
  const names = run.contestants.map(({ name }) => name).join(", ");
  const early = voting && !voting.closed && voting.voted > 0 && (voting.wanted > voting.voted || voting.waiting > 0);
  return html`<div class="row wrap small files" data-region>
    <span class="muted" title="Seed ${run.seed}; ${plural(run.rounds, "answer")} to each prompt">${run.label}; ${names}; ${when}</span>
    ${
      run.file.open
        ? fileLink(panel, run.file)
        : html`<span class="muted" title="Opens as text once all names are shown: it says who wrote what">${run.file.name}</span>`
    }
    <span class="sp"></span>
    ${
      early
        ? html`<button class="link" id="reveal-early" title="Votes that are not given yet stay out" @click=${() => panel.do("reveal")}>Show all names and end voting</button>`
        : nothing
    }
    ${exportLinks(panel)}
    ${startOverLink(panel, "New comparison")}
  </div>`;
}
