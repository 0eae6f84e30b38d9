import { html, nothing, type TemplateResult } from "lit";
import { recentRuns } from "../runs/recentRuns";
import { costWords, stayingWords } from "../runs/words";
import { type Example, examples } from "./examples";
import type { Probe } from "./probe";
import type { SetupChange } from "./protocol";
import type { SetId, Source } from "./setup";
import { choose, setNames } from "./sourceFields";

function changeOf({ question, reference, page }: Example): SetupChange {
  const source = { kind: "question", text: question, reference, from: null } as const;
  if (page === undefined) return { source };
  return { source, books: { page: { kind: "text", text: page, name: "a page" }, misleading: true, change: null } };
}

/** What the panel is for and the ways in, each with what it costs. */
export function emptyPage(panel: Probe): TemplateResult {
  const { forecast, recent, models, setup } = panel.state;
  const cost = forecast ? `${costWords(forecast)}${stayingWords([models.probed, models.judge])}` : "";
  const busy = panel.state.busy !== null;
  const own = setup.source.kind !== "question" || setup.source.text.trim() !== "";
  return html`<section class="empty-page card" aria-label="Start" data-region>
    <h2 class="empty-title">Does it know, or make it up?</h2>
    <p class="muted">
      Asks the same question several times, beside the same question about well-known names and about made-up ones, and says
      whether the answers look like knowing or like inventing, and how sure that is.
    </p>
    <div class="ways">
      ${
        own
          ? html`<vscode-button id="empty-run" ?disabled=${!panel.canRun} @click=${() => panel.run()}>Probe ${panel.state.asked.label === "" ? "it" : panel.state.asked.label}</vscode-button>
              <span class="muted">${models.probed.name}${cost === "" ? "" : `, ${cost}`}</span>`
          : nothing
      }
      ${examples.map(
        (example, index) => html`<vscode-button
            appearance=${!own && index === 0 ? "primary" : "secondary"}
            id="example-${example.id}"
            ?disabled=${busy}
            @click=${() => panel.ask(changeOf(example))}
            >${example.label ?? example.question}</vscode-button
          >
          <span class="muted">${example.what}${!own && index === 0 && cost !== "" ? `; ${cost}` : ""}</span>`,
      )}
    </div>
    <div class="row wrap sets">
      <span class="muted">Ready sets</span>
      ${(Object.keys(setNames) as SetId[]).map(
        (id) =>
          html`<button class="pill" data-set=${id} @click=${() => panel.set({ source: { kind: "set", id, limit: null } })}>${setNames[id]}</button>`,
      )}
    </div>
    <p class="row wrap sets">
      <span class="muted">Or ask about</span> ${way(panel, "claims", "the claims of a text")}
      <span class="muted">or</span> ${way(panel, "file", "a file of questions")}
    </p>
    <p class="row wrap sets">
      <span class="muted">How far can the probe be trusted on this model?</span> ${way(panel, "calibration", "Calibrate it")}
    </p>
    ${recentRuns(panel, recent.slice(0, 5))}
  </section>`;
}

function way(panel: Probe, kind: Source["kind"], words: string): TemplateResult {
  return html`<button class="link" data-way=${kind} @click=${() => choose(panel, kind)}>${words}</button>`;
}
