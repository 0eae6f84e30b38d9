import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { settle } from "../ui/fields";
import { count, decimal, percent, signed } from "../ui/format";
import { icon } from "../ui/icons";
import { comparable, comparisonFinding, mark, nameOf, placesWords } from "./comparison";
import type { Inspector } from "./inspector";
import { type Lane, maxLanes, type Summary } from "./protocol";
import { sourceFields, tokenizerOptions, typedText } from "./sourceFields";
import { toggled } from "./state";
import { stripView } from "./stripView";

/** Two to four tokenizers on one text: their counts, how far they differ, and where. */
export function compareView(inspector: Inspector): TemplateResult {
  return html`<div class="head row wrap" data-region>${sourceFields(inspector)} ${adder(inspector)}</div>
    ${typedText(inspector)} ${finding(inspector.summary)} ${table(inspector)}
    <div class="row wrap differences">
      <p class="small muted sp">${places(inspector)}</p>
      <vscode-button appearance="secondary" @click=${() => step(inspector, -1)}>Previous difference</vscode-button>
      <vscode-button appearance="secondary" @click=${() => step(inspector, 1)}>Next difference</vscode-button>
    </div>
    <div class="work">${stripView(inspector, "Tokens of each tokenizer, between borders that all share")}</div>`;
}

function step(inspector: Inspector, direction: 1 | -1): void {
  inspector.nextDifference(direction).catch((error: unknown) => inspector.fail(error));
}

function adder(inspector: Inspector): TemplateResult {
  const { compared } = inspector.state;
  const full = compared.length >= maxLanes;
  const options = tokenizerOptions(inspector).filter(({ value }) => !compared.includes(value));
  return html`<div class="fld">
    <label id="add-label">Add a tokenizer</label>
    <vscode-dropdown
      id="add"
      aria-label="Add a tokenizer"
      ?disabled=${full}
      ${ref((element) => element && settle(element as HTMLSelectElement, ""))}
      @change=${(event: Event) => {
        const { value } = event.target as HTMLInputElement;
        if (value !== "") inspector.set({ compared: toggled(compared, value) });
      }}
    >
      <vscode-option value="" selected>${full ? "Four at most" : "Choose…"}</vscode-option>
      ${options.map(({ value, label }) => html`<vscode-option value=${value}>${label}</vscode-option>`)}
    </vscode-dropdown>
  </div>`;
}

function finding(summary: Summary | undefined): TemplateResult {
  const found = summary?.problem === null ? comparisonFinding(summary) : undefined;
  return found ? html`<p class="find"><b>${found.key}</b>${found.rest}</p>` : html`<p class="find">&nbsp;</p>`;
}

function table(inspector: Inspector): TemplateResult | typeof nothing {
  const { summary } = inspector;
  const first = summary?.lanes[0];
  if (!summary || !first || summary.problem !== null) return nothing;
  const most = Math.max(1, ...summary.lanes.map(({ tokens }) => tokens ?? 0));
  return html`<table class="lanes">
    <thead>
      <tr>
        <th scope="col">Tokenizer</th>
        <th scope="col" class="plot"><span class="sr">Bar</span></th>
        <th scope="col" class="r">tokens</th>
        <th scope="col" class="r extra">against the first</th>
        <th scope="col" class="r extra">characters per token</th>
        <th scope="col"><span class="sr">Remove</span></th>
      </tr>
    </thead>
    <tbody>
      ${summary.lanes.map((lane, i) => laneRow(inspector, summary, lane, i, first, most))}
    </tbody>
  </table>`;
}

function laneRow(
  inspector: Inspector,
  { length }: Summary,
  lane: Lane,
  i: number,
  first: Lane,
  most: number,
): TemplateResult {
  const { compared } = inspector.state;
  const tokens = lane.tokens ?? 0;
  const difference = tokens - (first.tokens ?? 0);
  const about = mark(lane, first);
  const name =
    lane.asked !== "" && lane.asked !== lane.tokenizer ? `${lane.asked} (${lane.tokenizer})` : lane.tokenizer;
  return html`<tr>
    <td title=${lane.reason ?? nothing}>${name}</td>
    <td class="plot">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width=${(100 * tokens) / most} height="10" fill="var(--ps-bar)"></rect>
      </svg>
    </td>
    <td class="r">${countCell(lane)}</td>
    <td class="r extra">
      ${
        i > 0 && comparable(lane, first)
          ? html`${about}${signed(difference)} <span class="muted">(${about}${signed(difference / Math.max(1, first.tokens ?? 0), percent)})</span>`
          : nothing
      }
    </td>
    <td class="r extra">${lane.complete && tokens > 0 ? `${mark(lane)}${decimal(length / tokens)}` : nothing}</td>
    <td class="r">
      <button
        class="icon-button"
        title="Remove ${nameOf(lane)}"
        aria-label="Remove ${nameOf(lane)}"
        ?disabled=${compared.length < 2}
        @click=${() => inspector.set({ compared: compared.filter((_, other) => other !== i) })}
      >
        ${icon("remove")}
      </button>
    </td>
  </tr>`;
}

function countCell(lane: Lane): TemplateResult {
  if (lane.error !== null) return html`<span class="muted" title=${lane.error}>failed</span>`;
  if (lane.tokens === null) return html`<span class="muted">loading</span>`;
  return html`<b>${mark(lane)}${count(lane.tokens)}</b>${lane.complete ? nothing : html` <span class="muted">so far</span>`}`;
}

function places({ differences, compared, summary }: Inspector): string {
  if (summary?.problem !== null) return "";
  return placesWords(summary, differences, compared?.version === summary.version ? compared.reached : 0);
}
