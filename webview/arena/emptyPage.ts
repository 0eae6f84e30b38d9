import { html, type TemplateResult } from "lit";
import { recentRuns } from "../runs/recentRuns";
import { stayingWords } from "../runs/words";
import { count } from "../ui/format";
import type { Arena } from "./arena";
import { costWords } from "./costWords";

/** What the panel is for and the ways in, each with what it costs. */
export function emptyPage(panel: Arena): TemplateResult {
  const { prompts, cost, recent, called, models, setup } = panel.state;
  const blind = setup.names !== "always";
  const on = prompts.count === 1 ? "this prompt" : `${count(prompts.count)} prompts`;
  return html`<section class="empty-page card" aria-label="Start" data-region>
    <h2 class="empty-title">Which answer is better, if you don’t know whose it is?</h2>
    <p class="muted">
      Asks two or more models, or one in several ways, the same prompts. You vote without seeing names; the ranking says
      how sure it is, and how many more votes would tell.
    </p>
    <div class="ways">
      <vscode-button id="empty-run" ?disabled=${!panel.canRun} title="Ctrl+Enter" @click=${() => panel.run()}
        >${prompts.count === 0 ? "Compare" : blind ? `Compare blind on ${on}` : `Compare side by side on ${on}`}</vscode-button
      >
      <span class="muted"
        >${
          cost
            ? `${called.join(" against ")}; ${costWords(cost)}${stayingWords(models)}`
            : (prompts.problem ?? "write a prompt above first")
        }</span
      >
      <vscode-button appearance="secondary" id="empty-stages" @click=${() => panel.do("compareStages")}
        >Compare the three stages</vscode-button
      >
      <span class="muted"
        >of the built-in model side by side: base, chat and “I don’t know”, on
        ${prompts.count === 0 ? "three ready prompts; 9 answers" : `${on}; ${count(3 * prompts.count)} answers`}</span
      >
      <vscode-button appearance="secondary" id="empty-file" @click=${() => panel.do("openPrompts")}>Open prompts…</vscode-button>
      <span class="muted">one a line, JSON Lines with “prompt”, or Markdown with a section for each</span>
    </div>
    ${recentRuns(panel, recent)}
  </section>`;
}
