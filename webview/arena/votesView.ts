import { html, nothing, type TemplateResult } from "lit";
import { shortened } from "../runs/words";
import { count } from "../ui/format";
import type { Arena } from "./arena";
import type { Choice, VotingView } from "./protocol";

const choiceWords: Readonly<Record<Choice, string>> = { left: "left", right: "right", tie: "tie", bothBad: "both bad" };

/** The newest votes; each opens its pair. */
export function votesSection(panel: Arena, { voted, recent }: VotingView): TemplateResult {
  const more = voted - recent.length;
  return html`<section aria-label="Votes" data-region>
    <div class="section-head row wrap">
      <h2>Votes</h2>
      <span class="muted small">newest first${more > 0 ? `; ${count(more)} earlier ones are in the exports` : ""}</span>
    </div>
    <table class="votes">
      <thead>
        <tr>
          <th scope="col">Prompt</th>
          <th scope="col">Vote</th>
          <th scope="col">Left</th>
          <th scope="col">Right</th>
        </tr>
      </thead>
      <tbody>
        ${recent.map(
          ({
            place,
            prompt,
            choice,
            names,
          }) => html`<tr aria-current=${panel.state.pair?.place === place ? "true" : nothing}>
            <td><button class="link" title="Shows this pair" @click=${() => panel.do("show", place)}>${shortened(prompt, 80)}</button></td>
            <td>${choiceWords[choice]}</td>
            <td>${names ? won(names.left, choice === "left") : hidden()}</td>
            <td>${names ? won(names.right, choice === "right") : hidden()}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function won(name: string, better: boolean): TemplateResult {
  return better ? html`<b>✓ ${name}</b>` : html`${name}`;
}

function hidden(): TemplateResult {
  return html`<span class="muted">hidden</span>`;
}
