/** What stands in the line that says where a run is kept and what can be taken elsewhere. */
import { html, type TemplateResult } from "lit";

/** The run's file. */
export function fileLink(panel: { do(method: "revealFile"): void }, file: { readonly name: string }): TemplateResult {
  return html`<button class="link" id="reveal-file" title="Opens the file as text" @click=${() => panel.do("revealFile")}>${file.name}</button>`;
}

export function exportLinks(panel: {
  do(method: "exportRun", format: "markdown" | "csv" | "json"): void;
}): TemplateResult {
  return html`<span class="muted">Export</span>
    <button class="link" id="export-markdown" @click=${() => panel.do("exportRun", "markdown")}>Report</button>
    <button class="link" id="export-csv" @click=${() => panel.do("exportRun", "csv")}>CSV</button>
    <button class="link" id="export-json" @click=${() => panel.do("exportRun", "json")}>JSON</button>`;
}

/** `words`: "New run". */
export function startOverLink(
  panel: { readonly state: { readonly running: object | null }; do(method: "startOver"): void },
  words: string,
): TemplateResult {
  return html`<button class="link" id="start-over" ?disabled=${!!panel.state.running} @click=${() => panel.do("startOver")}>${words}</button>`;
}
