import { html, nothing, type TemplateResult } from "lit";
import { percent, roughly } from "../../src/experiments/reasoning/words";
import { percentCell, shortened } from "../runs/words";
import { type LineChart, lineChart, type Point } from "../ui/charts/lineChart";
import { plotView } from "../ui/charts/plotView";
import { type ProfileChart, profileChart } from "../ui/charts/profileChart";
import { count } from "../ui/format";
import { curvesCost, readingCost } from "./costs";
import { type KnownRow, knewAt, knownRows, onlyRival } from "./known";
import type { AnswerView, QuestionPage } from "./questions";
import type { Reasoning } from "./reasoning";
import { type Hand, sameSide } from "./sides";
import { changeStep, stepChangeForm } from "./stepChange";

/** Height of a row of text, which holds two lines; reasoning.css. */
const rowHeight = 38;

/** How likely the right answer was after each step, beside the steps; and the step that is being changed. */
export function knownView(panel: Reasoning, page: QuestionPage): TemplateResult | typeof nothing {
  const found = panel.examined;
  if (!found || found.answer.steps.length === 0) return nothing;
  const { hand, answer } = found;
  const reason = whyNot(panel, page, hand);
  return html`<section class="known" aria-label="When does it know?" data-region>
    <h2>
      When does it know?
      <span class="muted"
        >${panel.armName(hand.side.arm)}${answer.sample > 0 ? `, sample ${answer.sample + 1}` : ""}: the answer is forced after each step and its probability read</span
      >
    </h2>
    ${reason !== undefined ? html`<p class="muted">${reason}</p>` : answer.known ? curve(panel, page, hand, answer, answer.known) : offer(panel, page, hand, answer)}
    ${panel.change ? stepChangeForm(panel, page, panel.change) : nothing}
  </section>`;
}

function whyNot({ state }: Reasoning, page: QuestionPage, { side }: Hand): string | undefined {
  if (page.answer === null) return "Not possible without a reference answer: there is no right answer to be likely.";
  const model = state.run?.models.find(({ id }) => id === side.model);
  return model?.missing.score ?? undefined;
}

function offer(panel: Reasoning, page: QuestionPage, hand: Hand, answer: AnswerView): TemplateResult {
  const id = { ...hand.side, question: page.id, sample: hand.sample };
  const readings = answer.steps.length + 1;
  return html`<div class="row wrap">
    <vscode-button
      appearance="secondary"
      id="ask-known"
      ?disabled=${panel.state.busy !== null}
      title="${readings} places, each with a short forced answer of at most 16 tokens"
      @click=${() => panel.do("askKnown", { ...id, detail: "steps" })}
      >Read it after each step</vscode-button
    >
    <span class="muted small">at ${readings} places, ≈ ${count(readingCost(readings))} tokens</span>
    <button class="link small" id="ask-known-tokens" ?disabled=${panel.state.busy !== null} @click=${() => panel.do("askKnown", { ...id, detail: "tokens" })}>
      after each token
    </button>
  </div>`;
}

function curve(
  panel: Reasoning,
  page: QuestionPage,
  hand: Hand,
  answer: AnswerView,
  points: NonNullable<AnswerView["known"]>,
): TemplateResult {
  const rows = knownRows(answer, points);
  const rival = onlyRival(rows);
  const mean = panel.state.figures?.known.find((each) => sameSide(each, hand.side))?.points ?? [];
  const chart: ProfileChart = {
    name: `Probability of the right answer before the first step and after each: ${rows.map(({ right }) => spoken(right)).join(", ")}; of the top rival: ${rows.map(({ rival: value }) => spoken(value)).join(", ")}`,
    rowHeight,
    rows: rows.length,
    lines: [
      { tone: "a", values: rows.map((row) => row.rival), labels: rows.map((row) => label(row.rival)) },
      { tone: "b", values: rows.map((row) => row.right), labels: rows.map((row) => label(row.right)), strong: true },
    ],
    mean: mean.map(({ share, mean: value, error }) => ({
      row: share * (rows.length - 1),
      mean: value,
      low: Math.max(0, value - 1.96 * (error ?? 0)),
      high: Math.min(1, value + 1.96 * (error ?? 0)),
    })),
  };
  const curves = mean[0]?.curves ?? 0;
  return html`<div class="kn">
      <div class="kn-text">
        ${rows.map((row) => textRow(panel, hand, answer, row, knewAt(rows)))}
      </div>
      <ps-plot
        class="kn-plot"
        .draw=${(width: number) => profileChart(chart, width)}
      ></ps-plot>
    </div>
    <p class="small legend">
      <span><i class="sw tone-b"></i>“${page.answer}”, right</span>
      <span><i class="sw tone-a"></i>${rival === null ? "the top rival of each row" : `“${rival}”, the top rival`}</span>
      ${curves > 1 ? html`<span class="muted"><i class="sw dash"></i>right answer, mean of ${count(curves)} questions at the same share of their steps, 95 % band</span>` : nothing}
    </p>
    ${sentence(panel, hand, answer, rows)} ${points.length > rows.length ? alongTokens(answer, points) : nothing}
    ${meanOffer(panel, hand, curves)}`;
}

function textRow(
  panel: Reasoning,
  hand: Hand,
  answer: AnswerView,
  row: KnownRow,
  knew: KnownRow | undefined,
): TemplateResult {
  const step = answer.steps[row.step];
  const text = step ? answer.text.slice(step.start, step.end) : "before the first step";
  const classes = `kr ${row.step === knew?.step ? "jump" : ""}`;
  if (!step) return html`<div class=${classes}><span class="sn"></span><span class="muted">${text}</span></div>`;
  return html`<button class=${classes} title=${text} aria-pressed=${panel.isHand(hand) && panel.step === row.step ? "true" : "false"} @click=${() => panel.hold(hand, row.step)}>
    <span class="sn">${row.step + 1}</span><span class="kr-text">${text}</span>
  </button>`;
}

/** "It knew at step 2: “…” took the right answer from 16 to 71 %." */
function sentence(panel: Reasoning, hand: Hand, answer: AnswerView, rows: readonly KnownRow[]): TemplateResult {
  const knew = knewAt(rows);
  const chosen = panel.isHand(hand) && panel.step !== undefined ? panel.step : knew?.step;
  const change =
    chosen === undefined || chosen < 0
      ? nothing
      : html` <button class="link" id="change-step" title="E" @click=${() => changeStep(panel, hand, answer, chosen)}>
          Change ${chosen === knew?.step ? "this step" : `step ${chosen + 1}`} and run on…
        </button>`;
  if (!knew)
    return html`<p>It <b>never settled</b> on the right answer: another one was as likely to the end.${change}</p>`;
  if (knew.step < 0)
    return html`<p>It knew <b>before the first step</b>: ${percent(knew.right)} for the right answer.${change}</p>`;
  const before = rows[knew.step];
  const step = answer.steps[knew.step]!;
  return html`<p class="knew">
    It knew at <b>step ${knew.step + 1}</b>: “${shortened(answer.text.slice(step.start, step.end), 60)}” took the right answer
    from ${before ? percentCell(before.right) : "0"} to ${percent(knew.right)}.${change}
  </p>`;
}

function alongTokens(answer: AnswerView, points: NonNullable<AnswerView["known"]>): TemplateResult {
  const line = (value: (point: (typeof points)[number]) => number | undefined): Point[] =>
    points.flatMap((point, index) => {
      const y = value(point);
      return y === undefined ? [] : [[index, y * 100] as const];
    });
  const last = points.length - 1;
  const chart: LineChart = {
    name: `Probability of the right answer after each of ${count(last)} tokens, from ${percent(Math.exp(points[0]!.right))} to ${percent(Math.exp(points[last]!.right))}`,
    height: 180,
    x: {
      from: 0,
      to: Math.max(1, last),
      label: "tokens of the reasoning",
      ticks: answer.steps.map(({ end }) =>
        Math.max(
          0,
          points.findLastIndex((point) => point.end <= end),
        ),
      ),
      format: count,
    },
    y: { from: 0, to: 100, label: "%", format: String },
    lines: [
      { tone: "a", points: line(({ rival }) => (rival ? Math.exp(rival.logProb) : undefined)), label: "rival" },
      { tone: "b", points: line(({ right }) => Math.exp(right)), label: "right" },
    ],
    labelRoom: 56,
  };
  return html`<h3 class="small muted">After each token; the axis is marked where steps end</h3>
    ${plotView((width) => lineChart(chart, width))}`;
}

function meanOffer(panel: Reasoning, { side }: Hand, curves: number): TemplateResult | typeof nothing {
  const { run, busy, running } = panel.state;
  if (!run || run.questions < 2 || curves > 1) return nothing;
  const questions = Math.min(run.questions, panel.view.examined);
  const arm = panel.state.figures?.arms.find((each) => sameSide(each, side));
  return html`<p class="small">
    <button class="link" id="ask-mean" ?disabled=${busy !== null || running !== null} @click=${() => panel.do("askMeanKnown", { ...side, questions })}>
      Read the first ${count(questions)} questions too, for their mean
    </button>
    ${arm ? html`<span class="muted">≈ ${roughly(curvesCost(arm, questions))} tokens</span>` : nothing}
  </p>`;
}

function label(value: number): string {
  return Number.isNaN(value) ? "" : percentCell(value);
}

function spoken(value: number): string {
  return Number.isNaN(value) ? "not read" : percent(value);
}
