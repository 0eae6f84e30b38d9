import { html, nothing, type TemplateResult } from "lit";
import { cellBar } from "../ui/charts/cellBars";
import { count, percent } from "../ui/format";
import { memorySection } from "./memorySection";
import { partName } from "./partNames";
import type { ModelFile, Summary } from "./protocol";
import { bytes, parameters } from "./units";

/** Where the parameters are, what memory a context takes, and what the model can give. */
export function overview(summary: Summary, file: ModelFile | undefined): TemplateResult {
  return html`<div class="columns">
    <div class="column">
      ${file ? parts(file) : nothing} ${file?.memory ? memorySection(file.memory) : nothing}
    </div>
    <div class="column">${file ? dimensions(file) : nothing} ${capabilities(summary)}</div>
  </div>`;
}

function parts(file: ModelFile): TemplateResult {
  return html`<section aria-labelledby="parts">
    <h2 id="parts">Parameters by part</h2>
    <table class="bars">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col" class="r">Parameters</th>
          <th scope="col" class="r">Share</th>
          <th scope="col" class="plot"><span class="sr">Share as a bar</span></th>
          <th scope="col" class="r extra">Size</th>
          <th scope="col" class="r extra">Tensors</th>
        </tr>
      </thead>
      <tbody>
        ${file.parts.map(
          (part) =>
            html`<tr>
              <th scope="row">${partName(part.part)}</th>
              <td class="r">${count(part.parameters)}</td>
              <td class="r">${percent(part.parameters / file.parameters)}</td>
              <td class="plot">${cellBar({ fill: part.parameters / file.parameters })}</td>
              <td class="r extra">${bytes(part.bytes)}</td>
              <td class="r extra">${count(part.count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="small muted">
      ${parameters(file.parameters)} in ${count(file.tensorCount)} tensors.${
        file.tiedOutput
          ? " The output layer uses the embedding’s weights: they are stored once and counted as embedding."
          : nothing
      }
    </p>
  </section>`;
}

function dimensions(file: ModelFile): TemplateResult {
  return html`<section aria-labelledby="dimensions">
    <h2 id="dimensions">Dimensions</h2>
    <table>
      <tbody>
        ${file.dimensions.map(
          ({ name, value }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="r">${count(value)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function capabilities({ capabilities, state }: Summary): TemplateResult {
  return html`<section aria-labelledby="capabilities">
    <h2 id="capabilities">What it can give</h2>
    ${
      capabilities
        ? html`<table class="capabilities">
            <tbody>
              ${capabilities.map(
                ({ name, available, note }) =>
                  html`<tr class=${available ? "" : "missing"}>
                    <td class="mark">
                      <span aria-hidden="true">${available ? "✓" : "–"}</span>
                      <span class="sr">${available ? "yes" : "no"}</span>
                    </td>
                    <th scope="row">${name}</th>
                    <td class="muted">${note}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
        : html`<p class="muted">
            ${state.kind === "loading" ? "Known once it is loaded." : "Load it to see: capabilities are asked of the running model."}
          </p>`
    }
  </section>`;
}
