import { html, nothing, type TemplateResult } from "lit";
import { cellBar } from "../ui/charts/cellBars";
import { textOf } from "../ui/controls";
import { count } from "../ui/format";
import { numberField, slider } from "../ui/slider";
import { tokenView } from "../ui/tokenView";
import type { Derived } from "./derived";
import { draftKeys } from "./draftKeys";
import type { Explorer } from "./explorer";
import { comparisonFinding } from "./finding";
import { rivalKind } from "./head";
import type { RivalView } from "./protocol";
import { bits, divergence, percentCell, percentWords, points } from "./words";

const shownMovers = 12;

/** Two distributions side by side: how far apart they lie, and which tokens move. */
export function compareView(explorer: Explorer, derived: Derived | undefined): TemplateResult | typeof nothing {
  const { rival } = explorer.state;
  const { other } = explorer.view;
  if (other !== null) return otherPrompt(explorer, other);
  if (!rival) return nothing;
  const finding = derived && comparisonFinding(derived, rivalWords(explorer, rival));
  return html`<section class="compare card" aria-label="Comparison" data-region>
    <div class="row wrap section-head">
      <h2>Compared with ${rivalWords(explorer, rival)}</h2>
      <span class="sp"></span>
      ${rivalKind(explorer) === "prompt" ? html`<button class="link" @click=${() => explorer.setView({ other: rival.prompt.text })}>Change the prompt…</button>` : nothing}
      ${rivalKind(explorer) === "model" ? html`<button class="link" @click=${() => explorer.host.tell("pickModel", "rival")}>Another model…</button>` : nothing}
      <button class="link" id="end-compare" @click=${() => explorer.do("compare", null)}>End</button>
    </div>
    ${finding ? html`<p class="find"><b>${finding.key}</b>${finding.rest}</p>` : html`<p class="muted">Asking the other side…</p>`}
    ${rival.model.missing.next ? html`<p class="muted">${rival.model.name}: ${rival.model.missing.next}</p>` : nothing}
    <div class="sides">${rivalControls(explorer, rival)} ${rivalPrompt(rival)}</div>
    ${derived?.comparison ? figures(derived) : nothing} ${derived?.comparison ? movers(derived) : nothing}
  </section>`;
}

function rivalWords(explorer: Explorer, { rival, model, prompt }: RivalView): string {
  switch (rivalKind(explorer)) {
    case "model":
      return model.name;
    case "otherForm": {
      const form = prompt.as === "chat" ? "the same text as chat" : "the same text as raw document";
      return rival.model ? `${form}, by ${model.name}` : form;
    }
    case "prompt":
      return "another prompt";
    default:
      return `temperature ${rival.sampler.temperature.toFixed(2)}`;
  }
}

function rivalControls(explorer: Explorer, { rival }: RivalView): TemplateResult {
  const { temperature } = rival.sampler;
  const setting = {
    label: "Temperature of the other side",
    value: temperature,
    min: 0,
    max: 2,
    step: 0.01,
    words: temperature.toFixed(2),
    change: (value: number) => explorer.setRivalSampler({ temperature: value }),
  };
  return html`<div class="rival-temperature">
    <div class="row"><span class="muted small">Its temperature</span><span class="sp"></span>${numberField({ ...setting, id: "rival-number", max: 100, digits: 2 })}</div>
    ${slider({ ...setting, id: "rival-slider" })}
  </div>`;
}

function rivalPrompt({ prompt, rival, outlook }: RivalView): TemplateResult | typeof nothing {
  const entropy = outlook.distribution?.entropy;
  const note = entropy ? `${bits(entropy.nats, entropy.exact)} of entropy, raw` : "";
  if (!rival.prompt || !prompt.tokens) return html`<p class="small muted">${note}</p>`;
  return html`<div>
    <p class="rival-prompt mono" tabindex="0" role="group" aria-label="The other prompt">
      ${prompt.tokens
        .slice(-120)
        .map(
          (token, index) => html`<span class="tk ${token.special ? "" : `b${index % 6}`}">${tokenView(token)}</span>`,
        )}
    </p>
    <p class="small muted">Its prompt, ${count(prompt.tokens.length)} tokens. ${note}</p>
  </div>`;
}

function figures({ comparison }: Derived): TemplateResult {
  const { klAB, klBA, jensenShannon, totalVariation, exact, byText } = comparison!;
  const rows: readonly (readonly [string, string, string])[] = [
    ["Jensen-Shannon", divergence(jensenShannon, exact), "0: the same, 1 bit: nothing in common"],
    [
      "KL, this from the other",
      divergence(klAB, exact),
      "bits lost by expecting the other when this holds; ∞ where the other excludes what this expects",
    ],
    ["KL, the other from this", divergence(klBA, exact), "bits lost by expecting this when the other holds"],
    [
      "Mass elsewhere",
      `${exact ? "" : "≥ "}${percentWords(totalVariation)}`,
      "total variation: half the sum of the differences",
    ],
  ];
  return html`<dl class="figures">
      ${rows.map(([name, value, hint]) => html`<div title=${hint}><dt class="muted small">${name}</dt><dd class="num">${value}</dd></div>`)}
    </dl>
    ${byText ? html`<p class="small muted">The two tokenizers differ: tokens are matched by their text.</p>` : nothing}
    ${exact ? nothing : html`<p class="small muted">≥: tokens that only one side gave are one bucket; the true figures are at least these.</p>`}`;
}

/** Top movers: this side above, the other below, on one axis. */
function movers({ comparison }: Derived): TemplateResult {
  const shown = comparison!.movers.slice(0, shownMovers).filter(({ change }) => Math.abs(change) > 0.00005);
  if (shown.length === 0) return html``;
  const most = Math.max(...shown.map(({ a, b }) => Math.max(a ?? 0, b ?? 0))) * 1.02;
  return html`<table class="movers">
    <thead>
      <tr>
        <th>Top movers</th>
        <th colspan="2" class="wide">this</th>
        <th colspan="2" class="wide">other; tick: this</th>
        <th class="r">points</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        ({ token, a, b, atMost, change }) => html`<tr>
          <td class="mono">${tokenView(token)}</td>
          <td class="mover-bar">${cellBar({ fill: (a ?? 0) / most })}</td>
          <td class="r">${a === null ? `≤ ${percentCell(atMost)}` : percentCell(a)}</td>
          <td class="mover-bar">${cellBar({ fill: (b ?? 0) / most, look: "final", ...(a !== null && { tick: a / most }) })}</td>
          <td class="r">${b === null ? `≤ ${percentCell(atMost)}` : percentCell(b)}</td>
          <td class="r">${points(change)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function otherPrompt(explorer: Explorer, text: string): TemplateResult {
  const close = () => explorer.setView({ other: null });
  const apply = () => {
    const now = explorer.view.other ?? text;
    if (now !== "") explorer.do("compare", { with: "prompt", text: now });
    close();
  };
  return html`<section class="compare card" aria-label="Comparison" data-region>
    <h2>Compare with another prompt</h2>
    <vscode-text-area id="other-prompt" aria-label="The other prompt" rows="3" resize="vertical" .value=${text}
      @input=${(event: Event) => explorer.setView({ other: textOf(event) })}
      @keydown=${(event: KeyboardEvent) => draftKeys(event, { apply, close })}
    ></vscode-text-area>
    <div class="row">
      <vscode-button id="apply-other" @click=${apply}>Compare</vscode-button>
      <vscode-button appearance="secondary" @click=${close}>Cancel</vscode-button>
    </div>
  </section>`;
}
