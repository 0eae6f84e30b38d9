import { html, type TemplateResult } from "lit";
import { cellBar } from "../ui/charts/cellBars";
import { textOf } from "../ui/controls";
import { count, decimal, percent, plural } from "../ui/format";
import type { ModelDetails } from "./modelDetails";
import { partName } from "./partNames";
import type { ModelFile, TensorRow } from "./protocol";
import { bytes } from "./units";

/** Tensors by quantization, then by name without their layer. */
export function tensorsView(details: ModelDetails, file: ModelFile): TemplateResult {
  const wanted = details.filter.trim().toLowerCase();
  const rows = file.tensors.filter(({ name, part, type }) =>
    [name, partName(part), type].some((text) => text.toLowerCase().includes(wanted)),
  );
  return html`<section aria-labelledby="quantizations">
      <h2 id="quantizations">By quantization</h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col" class="r extra">Bits per weight</th>
            <th scope="col" class="r">Size</th>
            <th scope="col" class="r">Share</th>
            <th scope="col" class="plot"><span class="sr">Share as a bar</span></th>
            <th scope="col" class="r extra">Parameters</th>
            <th scope="col" class="r extra">Tensors</th>
          </tr>
        </thead>
        <tbody>
          ${file.quantizations.map((type) => {
            const share = type.bytes / file.quantizations.reduce((sum, { bytes }) => sum + bytes, 0);
            return html`<tr>
              <th scope="row" class="mono">${type.type}</th>
              <td class="r extra">${decimal(type.bitsPerWeight)}</td>
              <td class="r">${bytes(type.bytes)}</td>
              <td class="r">${percent(share)}</td>
              <td class="plot">${cellBar({ fill: share })}</td>
              <td class="r extra">${count(type.parameters)}</td>
              <td class="r extra">${count(type.count)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </section>
    <section aria-labelledby="tensors">
      <div class="row wrap section-head">
        <h2 id="tensors" class="sp">By name <span class="muted">${plural(rows.length, "kind")}, * stands for the layer</span></h2>
        <vscode-text-field
          placeholder="Name, part or type"
          aria-label="Filter tensors"
          .value=${details.filter}
          @input=${(event: Event) => details.setFilter(textOf(event))}
        ></vscode-text-field>
      </div>
      <table class="tensors">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="extra">Part</th>
            <th scope="col">Type</th>
            <th scope="col" class="r">Shape</th>
            <th scope="col" class="r extra">Tensors</th>
            <th scope="col" class="r extra">Parameters</th>
            <th scope="col" class="r">Size</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(tensorRow)}
        </tbody>
      </table>
      ${rows.length === 0 ? html`<p class="muted">No tensor fits “${details.filter}”.</p>` : ""}
    </section>`;
}

function tensorRow(row: TensorRow): TemplateResult {
  return html`<tr>
    <th scope="row" class="mono name">${row.name}</th>
    <td class="extra">${partName(row.part)}</td>
    <td class="mono">${row.type}</td>
    <td class="r mono">${row.shape.map(count).join(" × ")}</td>
    <td class="r extra">${count(row.count)}</td>
    <td class="r extra">${count(row.parameters)}</td>
    <td class="r">${bytes(row.bytes)}</td>
  </tr>`;
}
