import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { checkedOf } from "./controls";

export interface Checkbox {
  readonly label: TemplateResult | string;
  /** How it stands now, also when an event comes later. */
  readonly read: () => boolean;
  readonly change: (on: boolean) => void;
  readonly id?: string;
  readonly hint?: string;
  readonly look?: string;
}

/**
 * A checkbox that shows what holds. The toolkit's fires "change" also when it is set from here: only what differs from
 * what holds at that moment was a person.
 */
export function checkbox({ label, read, change, id, hint, look }: Checkbox): TemplateResult {
  return html`<vscode-checkbox
    id=${id ?? nothing}
    class=${look ?? nothing}
    title=${hint ?? nothing}
    .checked=${live(read())}
    @change=${(event: Event) => {
      const on = checkedOf(event);
      if (on !== read()) change(on);
    }}
    >${label}</vscode-checkbox
  >`;
}
