import { html, nothing, type TemplateResult } from "lit";
import { fewestPrompts } from "../../src/experiments/arena/fewestPrompts";
import { preferredHead } from "../../src/experiments/arena/preferredHead";
import { rated } from "../../src/experiments/reasoning/words";
import { dotInterval, percentAxis } from "../ui/charts/dotInterval";
import { count, plural } from "../ui/format";
import type { RankingView, RunView, VotingView } from "./protocol";

/** What the votes say, in a sentence. Before the names are shown at the end there is none: it would name somebody. */
export function finding(run: RunView, { closed, voted }: VotingView, { finding: found }: RankingView): TemplateResult {
  if (run.names === "atEnd" && !closed) {
    return html`<p class="find" id="finding"><b>${plural(voted, "vote")} so far:</b> what they say is shown with the names, at the end.</p>`;
  }
  return html`<p class="find" id="finding"><b>${found.key}</b> ${found.rest}</p>`;
}

/** The ranking as a table with its interval plot. */
export function rankingSection(ranking: RankingView, narrow: boolean): TemplateResult {
  return html`<section aria-label="Ranking" data-region>
    <div class="section-head row wrap">
      <h2>Ranking</h2>
      <span class="muted small">${plural(ranking.votes, "vote")} whose names are shown; ties count half for each</span>
    </div>
    ${narrow ? list(ranking) : table(ranking)}
    ${
      ranking.linked
        ? nothing
        : html`<p class="small muted">Some have only won or lost so far, or never met: their places are open towards that side.</p>`
    }
    ${
      ranking.again > 0
        ? html`<p class="small caution-mark" role="note">${plural(ranking.again, "vote")} given again after the names had been shown: not blind.</p>`
        : nothing
    }
  </section>`;
}

function table({ rows, few }: RankingView): TemplateResult {
  return html`<table class="ranking">
      <thead>
        <tr>
          <th scope="col">Contestant</th>
          <th scope="col" class="r" title="With its interval of 95 %, by resampling the prompts">
            ${preferredHead(rows.length)}
          </th>
          <td class="plot-cell">${percentAxis()}</td>
          <th scope="col" class="r">Won</th>
          <th scope="col" class="r">Lost</th>
          <th scope="col" class="r">Tie</th>
          <th scope="col" class="r">Both bad</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, preferred, wins, losses, ties, bothBad }) => html`<tr>
            <th scope="row" class="fg">${name}</th>
            <td class="r">${few ? tooFew() : rated(preferred)}</td>
            <td class="plot-cell">${dotInterval(few ? unknown : preferred, "b")}</td>
            <td class="r">${count(wins)}</td>
            <td class="r">${count(losses)}</td>
            <td class="r">${count(ties)}</td>
            <td class="r">${count(bothBad)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}

/** Narrow: name and numbers above the plot. */
function list({ rows, few }: RankingView): TemplateResult {
  return html`<p class="small muted">${preferredHead(rows.length)}, %</p>
    <div aria-hidden="true">${percentAxis()}</div>
    <ul class="ranking-list">
      ${rows.map(
        ({ name, preferred, wins, losses, ties, bothBad }) => html`<li>
          <div class="row"><b class="who sp">${name}</b><span class="num">${few ? tooFew() : rated(preferred)}</span></div>
          ${dotInterval(few ? unknown : preferred, "b")}
          <p class="small muted num">
            won ${count(wins)} · lost ${count(losses)} · tie ${count(ties)} · both bad ${count(bothBad)}
          </p>
        </li>`,
      )}
    </ul>`;
}

/** Drawn as the axis alone. */
const unknown = { rate: Number.NaN, low: 0, high: 1 };

function tooFew(): TemplateResult {
  return html`<span class="muted" title="On fewer than ${fewestPrompts} prompts no share can be told">too few</span>`;
}
