import { html, nothing, type TemplateResult } from "lit";
import { recentRuns } from "../runs/recentRuns";
import { costWords, stayingWords } from "../runs/words";
import { plural } from "../ui/format";
import type { Interrogation } from "./interrogation";

/** What the panel is for and the ways in, each with what it costs. */
export function emptyPage(panel: Interrogation): TemplateResult {
  const { source, setup, forecast, recent, models, running } = panel.state;
  if (running) return html``;
  const cost = forecast
    ? `${plural(forecast.questions, "question")}, ${plural(forecast.answers, "answer")}, ${costWords(forecast)}${stayingWords([models.probed, models.writer, models.judge])}`
    : "";
  const ready = source.snippets > 0;
  const way = (kind: "example" | "files" | "folder" | "facts", text: string, words: string, primary = false) =>
    html`<vscode-button
        appearance=${primary ? "primary" : "secondary"}
        id="empty-${kind}"
        @click=${() => panel.do("chooseSource", kind)}
        >${text}</vscode-button
      >
      <span class="muted">${words}</span>`;
  return html`<section class="empty-page card" aria-label="Start" data-region>
    <h2 class="empty-title">What does a model know of this text, and what does it make up?</h2>
    <p class="muted">
      Asks about every sentence, without the text, several times. What it gets right each time it knows; where it is wrong
      each time, it can be taught to say “I don’t know”.
    </p>
    <div class="ways">
      ${
        ready
          ? html`<vscode-button id="empty-run" ?disabled=${!panel.canRun} @click=${() => panel.run()}
                >${setup.asker === "hand" ? "Write questions about" : "Ask about"} ${source.label}</vscode-button
              >
              <span class="muted">${models.probed.name}${cost === "" ? "" : `: ${cost}`}</span>`
          : nothing
      }
      ${way("example", "Try it on an example", "a page on people and places, some known, some made up", !ready)}
      ${way("files", "Choose files…", "or open one and choose “Interrogate This File or Folder” from its menu")}
      ${way("folder", "Choose a folder…", "its texts are counted before anything is asked")}
      ${way("facts", "Choose facts…", "JSONL or CSV with “question” and “answer”")}
    </div>
    ${recentRuns(panel, recent.slice(0, 5))}
  </section>`;
}
