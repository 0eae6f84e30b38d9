import { html, noChange, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { textOf } from "./controls";

/** A number to be set. */
export interface NumberSetting {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly hint?: string;
  /** Digits after the point in the number field. */
  readonly digits?: number;
  readonly disabled?: boolean;
  readonly change: (value: number) => void;
}

export interface Setting extends NumberSetting {
  /** What the value means to a person, for screen readers: "0.70", "off". */
  readonly words: string;
}

/** A slider. The toolkit has none, so it is the browser's own, coloured by the theme. */
export function slider({ id, label, value, min, max, step, words, hint, disabled, change }: Setting): TemplateResult {
  return html`<input
    class="slider"
    id=${id}
    type="range"
    aria-label=${label}
    aria-valuetext=${words}
    title=${hint ?? nothing}
    min=${min}
    max=${max}
    step=${step}
    ?disabled=${disabled ?? false}
    .value=${live(String(value))}
    @input=${(event: Event) => change(Number(textOf(event)))}
  />`;
}

/**
 * A number to be typed. Nothing happens while it is no number in the range, and nothing is put into the
 * field while somebody is in it: a page that is drawn meanwhile would take away what was typed.
 */
export function numberField(setting: NumberSetting): TemplateResult {
  const { id, label, value, min, max, step, hint, digits, disabled, change } = setting;
  const shown = digits === undefined ? String(value) : value.toFixed(digits);
  return html`<input
    class="number"
    id=${id}
    type="number"
    aria-label=${label}
    title=${hint ?? nothing}
    min=${min}
    max=${max}
    step=${step}
    ?disabled=${disabled ?? false}
    .value=${document.activeElement?.id === id ? noChange : live(shown)}
    @change=${(event: Event) => {
      const typed = textOf(event);
      const wanted = Number(typed);
      if (typed !== "" && wanted >= min && wanted <= max) change(wanted);
      else (event.target as HTMLInputElement).value = shown;
    }}
  />`;
}

interface LabelledNumber extends NumberSetting {
  /** Says more to who hears it than the label has room for. */
  readonly name?: string;
}

/** A number under its label. */
export function labelledNumber({ name, ...setting }: LabelledNumber): TemplateResult {
  return html`<div class="fld">
    <label for=${setting.id}>${setting.label}</label>
    ${numberField({ ...setting, label: name ?? setting.label })}
  </div>`;
}

/** A whole number under its label. */
export function labelledWhole({ change, ...setting }: Omit<LabelledNumber, "step">): TemplateResult {
  return labelledNumber({ ...setting, step: 1, change: (value) => change(Math.round(value)) });
}
