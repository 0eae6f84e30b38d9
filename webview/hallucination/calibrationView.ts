import { html, nothing, type TemplateResult } from "lit";
import { percents } from "../../src/experiments/reasoning/words";
import type { RateView } from "../runs/rates";
import { percentCell } from "../runs/words";
import { areaAxis, dotInterval, percentAxis } from "../ui/charts/dotInterval";
import { plotView } from "../ui/charts/plotView";
import { reliabilityChart } from "../ui/charts/reliabilityChart";
import { count, plural } from "../ui/format";
import { calibrationFinding } from "./calibrationWords";
import type { AreaView, CalibrationView, ReliabilityView, ScoreName } from "./figures";
import type { Probe } from "./probe";
import { areaWords, scoreTitles } from "./scoreWords";

/** How far each score can be trusted on this model: seen against never seen, wrong against right, claimed against true. */
export function calibrationView(panel: Probe): TemplateResult | typeof nothing {
  const { calibration, run } = panel.state;
  const own = run?.kind === "calibration";
  if (!own && !panel.view.calibrated) return nothing;
  return html`<section class="calibration" id="calibration" aria-label="Calibration" data-region>
    <h2>Calibration ${calibration ? html`<span class="muted">${calibration.model.name}</span>` : nothing}</h2>
    ${calibration ? tables(calibration) : html`<p>Nobody has measured yet how far the scores can be trusted on ${panel.state.models.probed.name}.</p>`}
    ${own ? nothing : offer(panel)}
  </section>`;
}

function offer(panel: Probe): TemplateResult {
  const { calibration, running, busy } = panel.state;
  return html`<div class="row wrap">
    <vscode-button appearance="secondary" id="calibrate" ?disabled=${running !== null || busy !== null} @click=${() => panel.do("calibrate")}
      >${calibration ? "Measure again" : "Measure it"}</vscode-button
    >
    <span class="muted small">asks about names it has seen and about made-up ones; saved as a run of its own</span>
  </div>`;
}

function tables(calibration: CalibrationView): TemplateResult {
  const { rows, truth, greedy, exposure, samples, provisional, outdated, truthMass, truthUsable } = calibration;
  const people = rows.reduce((sum, row) => sum + row.people, 0);
  const when = new Date(calibration.created).toLocaleDateString("en-GB", { dateStyle: "medium" });
  const finding = calibrationFinding(calibration);
  return html`${finding ? html`<p class="find-small"><b>${finding.key}</b> ${finding.rest}</p>` : nothing}
    <p class="muted">
      ${plural(people, "name")}, ${plural(samples, "sample")} each, ${when}${provisional ? "; not all was asked" : ""}.
      ${
        exposure
          ? "How often the training named each is counted, so seen and never seen are known for sure."
          : "Nobody counted this model’s training: well-known names stand for the seen, made-up ones for the never seen."
      }
      ${outdated ? html`<span class="caution-mark">The model’s file has changed since: measure again.</span>` : nothing}
    </p>
    <div class="two">
      <div>
        ${saidTable(calibration)}
        <div class="diagrams">
      ${diagram("The greedy answer’s probability", "a token, on average", greedy, "b")}
      ${diagram("P(True)", truthUsable || truthMass === null ? "what it says of its own answer" : `no opinion: it says True or False with ${percentCell(truthMass)} % only`, truth, truthUsable ? "b" : "e")}
    </div>
      </div>
      <div>${areasTable(calibration)} ${wrongTable(calibration)}</div>
    </div>`;
}

/** What greedy answers were, by how often the training named somebody. */
function saidTable({ rows, exposure }: CalibrationView): TemplateResult {
  return html`<h3>What it answers <span class="muted">greedy answers, % [95 %]</span></h3>
    <table class="cal">
      <thead>
        <tr>
          <th>${exposure ? "Documents" : "Names"}</th>
          <th class="r">n</th>
          <th class="plot-cell">${percentAxis()}<span class="sr">Right</span></th>
          <th>right</th>
          <th>doesn’t know</th>
          <th>made up</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
            <td class="nw">${row.bucket}</td>
            <td class="r muted">${count(row.people)}</td>
            <td class="plot-cell">${dotInterval({ ...row.right, rate: row.right.rate ?? Number.NaN }, "b")}</td>
            <td class="nw">${rateCell(row.right)}</td>
            <td class="nw">${rateCell(row.refused)}</td>
            <td class="nw">${rateCell(row.madeUp)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}

function rateCell(rate: RateView): TemplateResult {
  if (rate.rate === null) return html`<span class="muted">–</span>`;
  return html`<b class="num">${percentCell(rate.rate)}</b> <span class="muted small num">${percents(rate)}</span>`;
}

/** How well each score tells the never seen from each class of the seen. */
function areasTable({ rows, exposure, truthUsable }: CalibrationView): TemplateResult | typeof nothing {
  const seen = rows.filter(({ areas }) => areas.length > 0);
  if (seen.length === 0) return nothing;
  const names = believed(new Set(seen.flatMap(({ areas }) => areas.map(({ name }) => name))), truthUsable);
  const lines = names.flatMap((name) =>
    seen.flatMap(({ bucket, areas }) =>
      areas.filter((each) => each.name === name).map(({ area }) => ({ name, area, bucket })),
    ),
  );
  return html`<h3>Seen or never seen <span class="muted">AUROC: 0.5 is a coin, under 0.7 tells little</span></h3>
    ${areaRows(
      lines.map(({ name, area, bucket }) => ({ name, area, what: bucket })),
      exposure ? "documents" : "names",
    )}`;
}

/** Without P(True) where the model hardly says True or False at all: the title of its diagram says so. */
function believed(names: Iterable<ScoreName>, truthUsable: boolean): ScoreName[] {
  return [...names].filter((name) => truthUsable || name !== "truth");
}

function wrongTable({ wrong, truthUsable }: CalibrationView): TemplateResult | typeof nothing {
  const names = believed(
    wrong.map(({ name }) => name),
    truthUsable,
  );
  if (names.length === 0) return nothing;
  return html`<h3>Right or wrong <span class="muted">whatever was seen; refusals are neither</span></h3>
    ${areaRows(
      wrong.filter(({ name }) => names.includes(name)).map((each) => ({ ...each, what: "" })),
      "",
    )}`;
}

interface AreaLine {
  readonly name: ScoreName;
  readonly area: AreaView;
  readonly what: string;
}

function areaRows(lines: readonly AreaLine[], against: string): TemplateResult {
  return html`<table class="cal areas">
    <thead>
      <tr>
        <th>Score</th>
        <th>${against === "" ? html`<span class="sr">Against</span>` : against}</th>
        <th class="plot-cell">${percentAxis(areaAxis)}<span class="sr">AUROC</span></th>
        <th>AUROC</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(({ name, area, what }, index) => {
        const words = areaWords(area);
        return html`<tr>
          <td class="nw">${lines[index - 1]?.name === name ? "" : scoreTitles[name]}</td>
          <td class="nw muted">${what}</td>
          <td class="plot-cell">${dotInterval({ rate: area.area ?? Number.NaN, low: area.low, high: area.high }, "b", areaAxis)}</td>
          <td class="nw"><b class="num">${words.area}</b> <span class="muted small num">${words.interval}</span></td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function diagram(
  title: string,
  what: string,
  { bins, error, brier, forecasts }: ReliabilityView,
  tone: "b" | "e",
): TemplateResult | typeof nothing {
  if (forecasts === 0) return nothing;
  const points = bins.map(({ claimed, seen }) => ({ ...seen, rate: seen.rate ?? 0, claimed, forecasts: seen.trials }));
  const name = `${title} against being right: ${points.map((point) => `${percentCell(point.claimed)} % claimed, ${percentCell(point.rate)} % right of ${point.forecasts}`).join("; ")}`;
  return html`<div>
    <h3>${title} <span class="muted">${what}</span></h3>
    ${plotView((width) => reliabilityChart({ name, tone, points, across: "claimed, %", up: "right, %" }, width))}
    <p class="small muted">
      ${error === null ? "" : `Off by ${percentCell(error)} points on average`}${brier === null ? "" : `; Brier ${brier.toFixed(2)}`}, of ${count(forecasts)} answers. The dashed line: claims that mean what
      they say.
    </p>
    <details class="numbers small">
      <summary>Numbers</summary>
      <table>
        <thead>
          <tr>
            <th>claimed, %</th>
            <th>right, %</th>
            <th class="r">of</th>
          </tr>
        </thead>
        <tbody>
          ${points.map(
            (point) => html`<tr>
              <td>${percentCell(point.claimed)}</td>
              <td>${percentCell(point.rate)} ${percents(point)}</td>
              <td class="r">${count(point.forecasts)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </div>`;
}
