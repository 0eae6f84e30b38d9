import { html, nothing, type TemplateResult } from "lit";
import type { StageKind } from "../../src/experiments/explorer/stages";
import type { Sampler } from "../../src/inference/engine";
import { count, plural } from "../ui/format";
import { numberField, type Setting, slider } from "../ui/slider";
import type { Column } from "./columns";
import type { Explorer } from "./explorer";
import { stageName } from "./stageNames";
import { bits, percentWords } from "./words";

/** The head of a stage's column is its control. */
export function stageHead(explorer: Explorer, column: Column): TemplateResult {
  const { kind } = column;
  if (kind === "raw") {
    return html`<div class="stage raw" role="columnheader">
      <div class="stage-name"><b>${stageName(kind)}</b></div>
      <p class="stage-note">raw, ${bits(column.shown.entropy.nats, column.shown.entropy.exact)}</p>
    </div>`;
  }
  const setting = settingOf(explorer, kind);
  const hint = column.stage && !column.stage.exact ? estimateHint : undefined;
  return html`<div class="stage" role="columnheader">
    <div class="stage-name">
      <b title=${stageName(kind)}>${stageName(kind)}</b><span class="sp"></span>${numberField(setting.number)}
    </div>
    ${slider(setting.slider)}
    <p class="stage-note" title=${hint ?? nothing}>${noteOf(column)}</p>
  </div>`;
}

const estimateHint =
  "≈: the model gave its likeliest tokens and the sum of the rest. Values lie within bounds that follow from it.";

function noteOf({ kind, stage, before }: Column): string {
  if (!stage) return "off";
  const approx = stage.exact ? "" : "≈ ";
  if (kind === "temperature" && stage.setting === 0) return "takes the likeliest; tick: before";
  if (kind === "temperature" || kind === "repetitionPenalty") {
    const tick = before?.kind === "raw" ? "raw" : "before";
    return `${approx}${bits(stage.entropy.nats, stage.entropy.exact)}; tick: ${tick}`;
  }
  const kept = stage.kept === null ? "keeps part of the rest" : `keeps ${plural(stage.kept, "token")}`;
  return `${kept}, ${approx}${percentWords(1 - stage.removed.estimate)} of the mass`;
}

/** The slider's and the number field's way of one setting; both end in the same sampler. */
function settingOf(explorer: Explorer, kind: Exclude<StageKind, "raw">): { slider: Setting; number: Setting } {
  const { sampler, outlook, model } = explorer.state;
  const value = sampler[kind];
  const change = (next: number) => explorer.setSampler({ [kind]: next } as Partial<Sampler>);
  const common = { label: stageName(kind), value, change, words: value.toFixed(2), disabled: false };
  const pair = (min: number, max: number, step: number, number: Partial<Setting>, words = value.toFixed(2)) => ({
    slider: { ...common, id: `slider-${kind}`, min, max, step, words, hint: hints[kind] },
    number: { ...common, id: `number-${kind}`, label: `${common.label}, number`, min, max, step, ...number },
  });
  switch (kind) {
    case "temperature":
      return pair(0, 2, 0.01, { digits: 2, max: 100, hint: "0 takes the likeliest token" });
    case "topP":
      return pair(0.01, 1, 0.01, { digits: 2, min: 0 }, value === 1 ? "1.00, off" : value.toFixed(2));
    case "minP":
      return pair(0, 0.5, 0.005, { digits: 3, max: 1 }, value === 0 ? "0, off" : value.toFixed(3));
    case "repetitionPenalty": {
      const disabled = outlook?.distribution?.logitShift == null;
      const hint = disabled ? "This model gives no logits, which the penalty works on." : hints[kind];
      const { slider: range, number } = pair(
        1,
        2,
        0.01,
        { digits: 2, min: 0.01, max: 10 },
        value === 1 ? "1.00, off" : value.toFixed(2),
      );
      return { slider: { ...range, disabled, hint }, number: { ...number, disabled, hint } };
    }
    case "topK": {
      const most = model?.vocabularySize ?? outlook?.distribution?.entries.length ?? 1000;
      const steps = 200;
      const position =
        value === 0 ? steps : Math.min(steps - 1, Math.round((Math.log(value) / Math.log(most)) * steps));
      return {
        slider: {
          ...common,
          id: `slider-${kind}`,
          hint: hints[kind],
          value: position,
          min: 0,
          max: steps,
          step: 1,
          words: value === 0 ? "off" : `${count(value)} tokens`,
          change: (at) => change(at >= steps ? 0 : Math.max(1, Math.round(most ** (at / steps)))),
        },
        number: {
          ...common,
          id: `number-${kind}`,
          label: "Top-k, number",
          hint: "0: off",
          min: 0,
          max: 1_000_000,
          step: 1,
        },
      };
    }
  }
}

const hints: Readonly<Record<Exclude<StageKind, "raw">, string>> = {
  repetitionPenalty: "Makes tokens of the last 64 less likely. 1 is off.",
  temperature: "Below 1 the likely tokens gain, above 1 the unlikely ones. Keys [ and ].",
  topK: "Keeps the k likeliest tokens. At the right end it is off.",
  topP: "Keeps the fewest tokens that hold this share together. 1 is off.",
  minP: "Keeps tokens at least this many times as likely as the likeliest. 0 is off.",
};
