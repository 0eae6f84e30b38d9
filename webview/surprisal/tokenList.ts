import { html, nothing, type TemplateResult } from "lit";
import type { SurprisingToken } from "./protocol";

export interface ListActions {
  focus(row: number): void;
  open(row: number): void;
}

/** The most surprising tokens, each a way to its place: arrow keys or J and K move, Enter opens. */
export function tokenList(
  tokens: readonly SurprisingToken[],
  chosen: number,
  { focus, open }: ListActions,
): TemplateResult | typeof nothing {
  if (tokens.length === 0) return nothing;
  const keys = (event: KeyboardEvent): void => {
    const row = moved(event.key, chosen, tokens.length);
    if (row !== undefined) focus(row);
    else if (event.key === "Enter" || event.key === " ") open(chosen);
    else return;
    event.preventDefault();
  };
  return html`<h2 id="surprising">Most surprising</h2>
    <ul role="listbox" aria-labelledby="surprising" @keydown=${keys}>
      ${tokens.map(
        ({ text, line, bits, step }, row) => html`<li
          role="option"
          aria-selected=${row === chosen}
          aria-label="${text}, line ${line}: ${bits.toFixed(1)} bits"
          tabindex=${row === chosen ? 0 : -1}
          @click=${() => open(row)}
        >
          <span class="token s${step}">${text}</span>
          <span class="muted small">line ${line.toLocaleString("en")}</span>
          <span class="num">${bits.toFixed(1)} bits</span>
        </li>`,
      )}
    </ul>`;
}

/** The row a key goes to; undefined for other keys. */
export function moved(key: string, row: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
    case "j":
      return Math.min(count - 1, row + 1);
    case "ArrowUp":
    case "k":
      return Math.max(0, row - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
