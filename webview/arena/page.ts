import { html, nothing, type TemplateResult } from "lit";
import type { Arena } from "./arena";
import { drawer } from "./drawers";
import { emptyPage } from "./emptyPage";
import { files } from "./files";
import { head } from "./head";
import { notices } from "./notices";
import { pairSection } from "./pairView";
import { progress } from "./progress";
import { finding, rankingSection } from "./rankingView";
import { sheetSection } from "./sheetView";
import { votesSection } from "./votesView";

/** The whole panel: what is asked, what the votes say, the pair or the sheet in hand, and what the finding rests on. */
export function page(panel: Arena): TemplateResult {
  const { run, voting, ranking, sheet } = panel.state;
  return html`<main class="panel arena">
    <h1 class="sr">Arena</h1>
    ${panel.started ? html`${head(panel)} ${drawer(panel)}` : nothing} ${notices(panel)} ${progress(panel)}
    ${panel.started && !run ? emptyPage(panel) : nothing}
    ${run && voting && ranking ? finding(run, voting, ranking) : nothing}
    ${run && voting ? pairSection(panel, run, voting) : nothing}
    ${run && ranking && ranking.votes > 0 ? rankingSection(ranking, panel.narrow) : nothing}
    ${run && voting && voting.voted > 0 ? votesSection(panel, voting) : nothing}
    ${run && sheet ? sheetSection(panel, run, sheet) : nothing} ${run ? files(panel, run) : nothing}
    <div class="sr" role="status">${panel.announcement}</div>
  </main>`;
}
