import { html, nothing, type TemplateResult } from "lit";
import { type LineChart, lineChart, type Point, type Tone } from "../ui/charts/lineChart";
import { plotWithNumbers } from "../ui/charts/plotView";
import { pills } from "../ui/fields";
import { count } from "../ui/format";
import type { Derived } from "./derived";
import { sweepTemperatures } from "./derived";
import { entropyAlong } from "./entropyAlong";
import type { Explorer } from "./explorer";
import { running } from "./running";
import type { View } from "./view";
import { named, percentCell, percentWords, toBits } from "./words";

const tones: readonly Tone[] = ["b", "c", "d"];
const plotHeight = 190;

const titles: Readonly<Record<View["plot"], string>> = {
  sweep: "Temperature, swept",
  tosses: "Tosses",
  entropy: "Entropy along the text",
};

/** One of three plots, each with its numbers as a table below it. */
export function plotsView(explorer: Explorer, derived: Derived | undefined): TemplateResult {
  const { plot } = explorer.view;
  const drawn =
    plot === "entropy"
      ? entropyPlot(explorer)
      : derived && (plot === "sweep" ? sweepPlot(explorer, derived) : tossPlot(explorer, derived));
  return html`<section class="plots" aria-label="Plots" data-region>
    <div class="row wrap section-head">
      <h2>${titles[plot]} <span class="muted">${drawn?.note ?? ""}</span></h2>
      <span class="sp"></span>
      ${pills(
        "Plot",
        [
          { value: "sweep", label: "Temperature" },
          { value: "tosses", label: "Tosses" },
          { value: "entropy", label: "Entropy" },
        ],
        plot,
        (next) => explorer.setView({ plot: next }),
      )}
    </div>
    ${
      drawn === undefined || drawn.chart === undefined
        ? html`<p class="muted none-yet">${drawn?.empty ?? explorer.state.model?.missing.next ?? "Drawn as soon as the model has said what comes next."}</p>`
        : plotWithNumbers((width) => lineChart(drawn.chart!, width), "Numbers", drawn.table)
    }
  </section>`;
}

interface Drawn {
  readonly note: string;
  readonly chart: LineChart | undefined;
  readonly table: TemplateResult | typeof nothing;
  readonly empty?: string;
}

function sweepPlot(explorer: Explorer, derived: Derived): Drawn {
  const { entries } = derived.distribution;
  const stages = explorer.swept(derived);
  const { temperature } = explorer.state.sampler;
  const leading = [0, 1, 2].filter((index) => index < entries.length);
  const rest = (stage: (typeof stages)[number]) =>
    1 - leading.reduce((sum, index) => sum + stage.probabilities[index]!, 0);
  const points = (value: (stage: (typeof stages)[number]) => number): Point[] =>
    stages.map((stage, step) => [sweepTemperatures[step]!, Math.max(0, value(stage)) * 100]);
  const last = stages.at(-1)!;
  const lines = [
    ...leading.map((index, at) => ({
      tone: tones[at]!,
      points: points((stage) => stage.probabilities[index]!),
      label: `${named(entries[index]!)} ${percentWords(last.probabilities[index]!)}`,
    })),
    { tone: "e" as const, points: points(rest), label: `all others ${percentWords(Math.max(0, rest(last)))}` },
  ];
  const rows = [0.1, 0.5, 1, 1.5, 2];
  const approx = last.exact ? "" : "≈ ";
  return {
    note: "no new model call",
    chart: {
      name: `Probability of the leading tokens by temperature: ${leading.map((index) => `${named(entries[index]!)} from ${percentWords(stages[0]!.probabilities[index]!)} at 0.1 to ${percentWords(last.probabilities[index]!)} at 2`).join("; ")}`,
      height: plotHeight,
      x: { from: 0.1, to: 2, label: "temperature", ticks: [0.1, 0.5, 1, 1.5, 2], format: (value) => String(value) },
      y: { from: 0, to: 100, label: `${approx}%`, format: (value) => String(value) },
      lines,
      ...(temperature >= 0.1 && temperature <= 2 && { mark: { x: temperature, label: temperature.toFixed(2) } }),
      labelRoom: 128,
    },
    table: html`<table>
      <thead>
        <tr>
          <th>Token, %</th>
          ${rows.map((value) => html`<th class="r">T ${value}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${leading.map(
          (index) => html`<tr>
            <td class="mono">${named(entries[index]!)}</td>
            ${rows.map((value) => html`<td class="r">${percentCell(stages[nearest(value)]!.probabilities[index]!)}</td>`)}
          </tr>`,
        )}
        <tr>
          <td class="muted">all others</td>
          ${rows.map((value) => html`<td class="r">${percentCell(Math.max(0, rest(stages[nearest(value)]!)))}</td>`)}
        </tr>
        <tr>
          <td class="muted">entropy, bits</td>
          ${rows.map((value) => html`<td class="r">${toBits(stages[nearest(value)]!.entropy.nats).toFixed(2)}</td>`)}
        </tr>
      </tbody>
    </table>`,
  };
}

function nearest(temperature: number): number {
  return sweepTemperatures.reduce(
    (best, value, step) =>
      Math.abs(value - temperature) < Math.abs(sweepTemperatures[best]! - temperature) ? step : best,
    0,
  );
}

function tossPlot(explorer: Explorer, derived: Derived): Drawn {
  const { coin, distribution, final } = derived;
  if (!coin) {
    return {
      note: "",
      chart: undefined,
      table: nothing,
      empty: "Toss the coin to see the frequencies meet the probabilities.",
    };
  }
  const index = (final.probabilities[explorer.chosen] ?? 0) > 0 ? explorer.chosen : derived.best;
  const p = final.probabilities[index]!;
  const steps = running(coin.tosses.tosses, index);
  const times = coin.tosses.tosses.length;
  const last = steps.at(-1)!;
  const name = named(distribution.entries[index]!);
  const top = Math.min(
    100,
    Math.ceil(Math.max(p, ...steps.filter(({ n }) => n >= Math.min(10, times)).map(({ high }) => high)) * 10.5) * 10,
  );
  const clip = (value: number) => Math.min(top, value * 100);
  const powers = [1, 10, 100, 1000, 10_000].filter((n) => n <= times);
  return {
    note: `share of ${name}, 95 % Wilson interval`,
    chart: {
      name: `Share of ${name} among the first tosses: after ${count(times)} ${percentWords(last.share)}, 95 % interval ${percentWords(last.low)} to ${percentWords(last.high)}; probability ${percentWords(p)}`,
      height: plotHeight,
      x: { from: 1, to: Math.max(2, times), label: "tosses", ticks: powers, logarithmic: true, format: count },
      y: { from: 0, to: top, label: "%", format: (value) => String(value) },
      bands: [{ tone: "a", points: steps.map(({ n, low, high }) => [n, clip(low), clip(high)] as const) }],
      lines: [
        {
          tone: "a",
          points: steps.map(({ n, share }) => [n, clip(share)] as const),
          label: `seen ${percentWords(last.share)}`,
        },
        {
          tone: "b",
          dashed: true,
          points: [
            [1, clip(p)],
            [Math.max(2, times), clip(p)],
          ],
          label: `due ${percentWords(p)}`,
        },
      ],
      labelRoom: 96,
    },
    table: html`<table>
      <thead>
        <tr>
          <th class="r">tosses</th>
          <th class="r">seen</th>
          <th class="r">share, %</th>
          <th class="r">95 % interval</th>
        </tr>
      </thead>
      <tbody>
        ${steps
          .filter(({ n }) => n === times || powers.includes(n))
          .map(
            ({ n, seen, share, low, high }) => html`<tr>
              <td class="r">${count(n)}</td>
              <td class="r">${count(seen)}</td>
              <td class="r">${(share * 100).toFixed(1)}</td>
              <td class="r">[${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]</td>
            </tr>`,
          )}
      </tbody>
    </table>`,
  };
}

function entropyPlot(explorer: Explorer): Drawn {
  const places = entropyAlong(explorer.state);
  const known = places.filter(({ entropy }) => entropy !== null);
  if (known.length < 2) {
    const reason = explorer.state.model?.missing.score;
    return {
      note: "",
      chart: undefined,
      table: nothing,
      empty: reason ?? "The prompt’s tokens have not been scored yet.",
    };
  }
  const surprises = places.filter(({ surprisal }) => surprisal !== null);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanEntropy = mean(known.map(({ entropy }) => entropy!));
  const meanSurprisal = surprises.length > 0 ? mean(surprises.map(({ surprisal }) => surprisal!)) : undefined;
  const most = Math.ceil(
    Math.max(...known.map(({ entropy }) => entropy!), ...surprises.map(({ surprisal }) => surprisal!)),
  );
  const to = Math.max(2, places.length);
  const step = niceStep(to / 5);
  const ticks = Array.from({ length: Math.floor(to / step) }, (_, at) => (at + 1) * step);
  return {
    note: "bits",
    chart: {
      name: `Entropy before each of ${count(places.length)} tokens, mean ${meanEntropy.toFixed(2)} bits${meanSurprisal === undefined ? "" : `; surprisal of the tokens, mean ${meanSurprisal.toFixed(2)} bits`}`,
      height: plotHeight,
      x: { from: 1, to, label: "token", ticks, format: count },
      y: { from: 0, to: Math.max(1, most), label: "bits", format: (value) => String(value) },
      lines: [
        ...(surprises.length > 1
          ? [
              {
                tone: "a" as const,
                points: surprises.map(({ place, surprisal }): Point => [place, surprisal!]),
                label: `surprisal, ⌀ ${meanSurprisal!.toFixed(2)}`,
              },
            ]
          : []),
        {
          tone: "b" as const,
          points: known.map(({ place, entropy }): Point => [place, entropy!]),
          label: `entropy, ⌀ ${meanEntropy.toFixed(2)}`,
        },
      ],
      labelRoom: 112,
    },
    table: html`<div class="numbers-scroll" role="region" aria-label="Entropy and surprisal of each token" tabindex="0">
      <table>
        <thead>
          <tr>
            <th class="r">#</th>
            <th>token</th>
            <th class="r">entropy, bits</th>
            <th class="r">surprisal, bits</th>
          </tr>
        </thead>
        <tbody>
          ${places.slice(-200).map(
            ({ place, name, entropy, surprisal }) => html`<tr>
              <td class="r">${count(place)}</td>
              <td class="mono">${name}</td>
              <td class="r">${entropy === null ? "–" : entropy.toFixed(2)}</td>
              <td class="r">${surprisal === null ? "–" : surprisal.toFixed(2)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${places.length > 200 ? html`<p class="muted">The last 200 of ${count(places.length)} tokens.</p>` : nothing}
    </div>`,
  };
}

function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, wanted)));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= wanted) ?? power * 10;
}
