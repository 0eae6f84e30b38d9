import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import { textOf } from "./controls";

export interface Option {
  readonly value: string;
  readonly label: string;
}

/**
 * Sets the value once the options are in: a dropdown takes no value that is not among them, and keeps the first one when
 * others are added later.
 */
export function settle(element: { value: string }, value: string): void {
  requestAnimationFrame(() => {
    if (element.value !== value) element.value = value;
  });
}

/** A dropdown under its label. */
export function dropdown(
  id: string,
  label: string,
  options: readonly Option[],
  value: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`<div class="fld">
    <label id="${id}-label">${label}</label>
    <vscode-dropdown
      id=${id}
      aria-label=${label}
      ${ref((element) => element && settle(element as HTMLSelectElement, value))}
      @change=${(event: Event) => choose(textOf(event))}
    >
      ${repeat(
        options,
        (option) => option.value,
        (option) =>
          html`<vscode-option value=${option.value} ?selected=${option.value === value}>${option.label}</vscode-option>`,
      )}
    </vscode-dropdown>
  </div>`;
}

/** Choices of which one holds, or none yet, as pills; arrows move between them. */
export function pills<T extends string>(
  label: string,
  options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[],
  value: T | undefined,
  choose: (value: T) => void,
): TemplateResult {
  const entry = value ?? options[0]?.value;
  const move = arrows({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }, options, entry, choose);
  return html`<div class="row wrap pills" role="radiogroup" aria-label=${label} @keydown=${move}>
    ${options.map(
      (option) =>
        html`<button
          class="pill"
          role="radio"
          data-value=${option.value}
          aria-checked=${option.value === value ? "true" : "false"}
          tabindex=${option.value === entry ? 0 : -1}
          title=${option.hint ?? nothing}
          @click=${() => option.value !== value && choose(option.value)}
        >
          ${option.label}
        </button>`,
    )}
  </div>`;
}

/** Tabs over one panel with the given id. */
export function tabs<T extends string>(
  label: string,
  panel: string,
  options: readonly { readonly value: T; readonly label: string }[],
  value: T,
  choose: (value: T) => void,
): TemplateResult {
  const move = arrows({ ArrowRight: 1, ArrowLeft: -1 }, options, value, choose);
  return html`<div class="tabs" role="tablist" aria-label=${label} data-region @keydown=${move}>
    ${options.map(
      (option) =>
        html`<button
          role="tab"
          id="tab-${option.value}"
          data-value=${option.value}
          data-label=${option.label}
          aria-selected=${option.value === value ? "true" : "false"}
          aria-controls=${panel}
          tabindex=${option.value === value ? 0 : -1}
          @click=${() => choose(option.value)}
        >
          ${option.label}
        </button>`,
    )}
  </div>`;
}

/** Arrow keys that choose the next or the one before, round and round, and take the focus along. */
function arrows<T extends string>(
  keys: Readonly<Record<string, 1 | -1>>,
  options: readonly { readonly value: T }[],
  value: T | undefined,
  choose: (value: T) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    const by = keys[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = options.findIndex((option) => option.value === value);
    const next = options[(at + by + options.length) % options.length];
    if (!next) return;
    choose(next.value);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
}
