/** What stands above a list of any length. */
import { html, type TemplateResult } from "lit";
import { textOf } from "../ui/controls";
import { count } from "../ui/format";

interface Filters<Kind extends string> {
  /** With their names, in the order they stand in. */
  readonly names: readonly (readonly [Kind, string])[];
  readonly chosen: Kind;
  readonly counts: Readonly<Partial<Record<Kind, number>>>;
  choose(kind: Kind): void;
}

/** Filters of a list with how many rows each leaves; those that leave none are not offered. */
export function filterPills<Kind extends string>({ names, chosen, counts, choose }: Filters<Kind>): TemplateResult {
  const left = (kind: Kind): number => counts[kind] ?? 0;
  return html`<div class="chips" role="group" aria-label="Filters" data-region>
    ${names
      .filter(([kind]) => kind === "all" || kind === chosen || left(kind) > 0)
      .map(
        ([kind, name]) => html`<button
          class="pill"
          data-filter=${kind}
          aria-pressed=${chosen === kind ? "true" : "false"}
          @click=${() => choose(kind)}
        >
          ${name} <span class="n">${count(left(kind))}</span>
        </button>`,
      )}
  </div>`;
}

/** The field that finds questions. */
export function findField(query: string, find: (query: string) => void): TemplateResult {
  return html`<vscode-text-field
    id="find"
    class="find-field"
    placeholder="Find in questions"
    aria-label="Find in questions"
    title="/"
    .value=${query}
    @input=${(event: Event) => find(textOf(event))}
  ></vscode-text-field>`;
}
