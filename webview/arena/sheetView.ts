import { html, nothing, type TemplateResult } from "lit";
import { count, plural } from "../ui/format";
import { answerText, cutNote, tintSwitch, wantedTokens } from "./answerText";
import type { Arena } from "./arena";
import type { CellView, RunView, SheetView } from "./protocol";

/** All answers to a prompt side by side, with their writers' names. */
export function sheetSection(panel: Arena, run: RunView, sheet: SheetView): TemplateResult {
  const { place, prompt, columns } = sheet;
  const go = (to: number) => panel.do("openPrompt", to);
  const turn = (id: string, words: string, key: string, to: number, possible: boolean) =>
    html`<vscode-button appearance="secondary" id=${id} title="Key ${key}" ?disabled=${!possible} @click=${() => go(to)}
      >${words}</vscode-button
    >`;
  return html`<section aria-label="Side by side" data-region>
    <div class="section-head row wrap">
      <h2>Prompt ${count(place + 1)} of ${count(run.prompts)}</h2>
      ${
        run.prompts > 1
          ? html`${turn("previous-prompt", "Previous", "←", place - 1, place > 0)}
              ${turn("next-prompt", "Next", "→", place + 1, place + 1 < run.prompts)}`
          : nothing
      }
      <span class="sp"></span>
      ${tintSwitch(panel)}
    </div>
    <p class="prompt-text">${prompt}</p>
    <div class="sides columns">
      ${columns.map(
        ({ name, cells }, index) => html`<article class="side" aria-label=${name}>
          <header class="row wrap">
            <h3>${name}</h3>
            <span class="muted small">${modelOf(run, index, name)}</span>
          </header>
          ${cells.map((cell) => answer(panel, cell))}
        </article>`,
      )}
    </div>
  </section>`;
}

function modelOf({ contestants }: RunView, index: number, name: string): string {
  const model = contestants[index]?.model ?? "";
  return model === name ? "" : model;
}

function answer(panel: Arena, { answer: id, text, tokens, reason, failure }: CellView): TemplateResult {
  if (failure !== null && text === null) return html`<p class="said wrong">${failure}</p>`;
  if (text === null)
    return html`<p class="said muted">${panel.state.running ? "Not asked yet." : "Was not asked."}</p>`;
  if (reason === null)
    return html`<p class="said" aria-live="off">${text}<span class="caret" aria-hidden="true"></span></p>`;
  return html`${answerText(text, wantedTokens(panel, id))}
    <p class="small muted num">${plural(tokens, "token")}${cutNote(reason)}</p>`;
}
