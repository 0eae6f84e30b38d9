import { html, nothing, type TemplateResult } from "lit";
import { textOf } from "../ui/controls";
import { count } from "../ui/format";
import type { ModelDetails } from "./modelDetails";
import type { ModelFile, Summary } from "./protocol";
import { bytes } from "./units";

/** Facts of the file itself, then every entry of its metadata. */
export function metadataView(details: ModelDetails, summary: Summary, file: ModelFile): TemplateResult {
  const wanted = details.filter.trim().toLowerCase();
  const rows = file.metadata.filter(({ key, value }) =>
    [key, value].some((text) => text.toLowerCase().includes(wanted)),
  );
  return html`<section aria-labelledby="file-head">
      <h2 id="file-head">File</h2>
      <table class="facts">
        <tbody>
          ${fact("Path", file.files.map(({ path }) => path).join("\n"))}
          ${fact("Size", `${bytes(file.bytes)} (${count(file.bytes)} bytes)${file.files.length > 1 ? ` in ${file.files.length} parts` : ""}`)}
          ${fact("Format", `GGUF ${file.version}`)} ${fact("Name in the file", file.name)}
          ${fact("Licence", file.licence)} ${fact("Made from", file.baseModels.join(", ") || null)}
          ${fact("SHA-256", summary.state.kind === "ready" ? summary.state.fingerprint : null)}
        </tbody>
      </table>
    </section>
    <section aria-labelledby="metadata-head">
      <div class="row wrap section-head">
        <h2 id="metadata-head" class="sp">
          Metadata <span class="muted">${count(rows.length)} of ${count(file.metadata.length)} entries</span>
        </h2>
        <vscode-text-field
          placeholder="Key or value"
          aria-label="Filter metadata"
          .value=${details.filter}
          @input=${(event: Event) => details.setFilter(textOf(event))}
        ></vscode-text-field>
      </div>
      <table class="metadata">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col" class="extra">Type</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ key, type, value }) =>
              html`<tr>
                <th scope="row" class="mono">${key}</th>
                <td class="extra muted">${type}</td>
                <td class="mono value">${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${rows.length === 0 ? html`<p class="muted">No entry fits “${details.filter}”.</p>` : nothing}
    </section>`;
}

function fact(name: string, value: string | null): TemplateResult | typeof nothing {
  if (value === null) return nothing;
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="value">${value}</td>
  </tr>`;
}
