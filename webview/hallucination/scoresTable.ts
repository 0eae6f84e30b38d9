import { html, nothing, type TemplateResult } from "lit";
import { betweenChart } from "../ui/charts/betweenChart";
import { plotView } from "../ui/charts/plotView";
import type { FitView } from "./figures";
import type { EvidenceView, ItemPage } from "./items";
import type { Probe } from "./probe";
import {
  areaWords,
  axisOf,
  intervalWords,
  mainScores,
  placeWords,
  scoreHints,
  scoreTitles,
  scoreUnits,
  tickWords,
  valueWords,
} from "./scoreWords";

const kindWords = { person: "people", place: "places", element: "elements" } as const;

/** Where the scores of a question fall between those of the known and of the invented: one row a score, a dot each control. */
export function scoresTable(panel: Probe, fits: readonly FitView[], page: ItemPage | null): TemplateResult {
  const { run, asked } = panel.state;
  const shown = fits.filter(({ name, usable }) => panel.view.allScores || usable || mainScores.includes(name));
  const ordered = shown.toSorted((a, b) => order(a) - order(b));
  const { kind } = asked.controls;
  const what = run?.asSetUp && kind ? kindWords[kind] : "names";
  const name = page?.entity ?? "this question";
  return html`<section class="scores" aria-label="Where the scores fall" data-region>
    <h2>
      Where the scores fall
      <span class="muted legend"
        ><span><i class="sw tone-b"></i>known ${what}, above the line</span>
        <span><i class="sw tone-a"></i>invented ${what}, below</span>
        <span title="Midway between the controls’ medians"><i class="sw threshold"></i>threshold</span>
        ${page ? html`<span><i class="sw bar"></i>${name}</span>` : nothing}</span
      >
    </h2>
    <table class="scl">
      <thead>
        <tr>
          <th>Score</th>
          <th class="plot-cell"><span class="ends"><span>knows</span><span>makes up</span></span></th>
          <th class="apart">tells controls apart<br />(AUROC, 95 %)</th>
          ${page ? html`<th class="place">${name} is</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${ordered.map((fit) => scoreRow(fit, page, run?.samples ?? 10, name))}
      </tbody>
    </table>
    ${shown.length === fits.length && !panel.view.allScores ? nothing : allButton(panel)}
  </section>`;
}

function allButton(panel: Probe): TemplateResult {
  return html`<button
      class="link small"
      id="all-scores"
      aria-expanded=${panel.view.allScores ? "true" : "false"}
      @click=${() => panel.setView({ allScores: !panel.view.allScores })}
    >
      ${panel.view.allScores ? "The deciding scores alone" : "All scores"}
    </button>`;
}

function order({ name }: FitView): number {
  const at = mainScores.indexOf(name);
  return at < 0 ? mainScores.length : at;
}

function scoreRow(fit: FitView, page: ItemPage | null, samples: number, subject: string): TemplateResult {
  const own = page?.verdict?.evidence.find(({ name }) => name === fit.name);
  const { area, interval } = areaWords(fit.area);
  return html`<tr class=${fit.usable ? "" : "unused"} data-score=${fit.name}>
    <td class="score-name" title=${scoreHints[fit.name]}>
      <b>${scoreTitles[fit.name]}</b><br /><span class="muted small"
        >${scoreUnits[fit.name]}${own?.interval ? html`, <span class="nw">${intervalWords(fit.name, own.interval)}</span>` : nothing}</span
      >
    </td>
    <td class="plot-cell">
      ${plotView((width) => betweenChart(chartOf(fit, own, samples, subject), width))}
    </td>
    <td class="small apart">
      <span class="num">${area}</span> <span class="muted num nw">${interval}</span>
      ${fit.why === null ? nothing : html`<span class="muted why">${fit.why}</span>`}
    </td>
    ${page ? html`<td class="small place">${own ? placeWords(own, fit) : html`<span class="muted">no value</span>`}</td>` : nothing}
  </tr>`;
}

function chartOf(fit: FitView, own: EvidenceView | undefined, samples: number, subject: string) {
  const { name, known, invented, knownMedian, inventedMedian } = fit;
  const values = [...known, ...invented].map(({ value }) => value);
  const [from, to] = axisOf(name, own ? [...values, own.value] : values, samples);
  const medians = `known controls have a median of ${valueWords(name, knownMedian)}, invented ones of ${valueWords(name, inventedMedian)}`;
  const here = own ? `${subject} ${valueWords(name, own.value)}, ${placeWords(own, fit)}; ` : "";
  return {
    name: `${scoreTitles[name]}: ${here}${medians}`,
    from,
    to,
    format: (value: number) => tickWords(name, value),
    above: { tone: "b" as const, values: known },
    below: { tone: "a" as const, values: invented },
    threshold: fit.threshold,
    ...(own && {
      mark: { value: own.value, label: valueWords(name, own.value), ...(own.interval ?? {}) },
    }),
  };
}
