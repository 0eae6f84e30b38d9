import { html, nothing, type TemplateResult } from "lit";
import { count, plural } from "../ui/format";
import { answerText, cutNote, tintSwitch, wantedTokens } from "./answerText";
import type { Arena } from "./arena";
import type { Choice, PairView, RunView, VotingView } from "./protocol";

/** The pair in hand with its two answers and the vote, or what there is to wait for. */
export function pairSection(panel: Arena, run: RunView, voting: VotingView): TemplateResult {
  const { pair } = panel.state;
  return html`<section aria-label="Pair" class="pair" data-region>
    <div class="section-head row wrap">
      <h2>${pair ? titleOf(pair, voting) : "Pairs"}</h2>
      <span class="muted small">${leftWords(voting)}</span>
      <span class="sp"></span>
      ${pair?.revealed ? tintSwitch(panel) : nothing}
      ${
        voting.canUndo
          ? html`<button class="link" id="undo-vote" title="U" @click=${() => panel.do("undoVote")}>Take the last vote back</button>`
          : nothing
      }
    </div>
    ${voting.reasons.map((reason) => html`<p class="small caution-mark" role="note">${reason}</p>`)}
    ${pair ? pairBody(panel, run, pair, voting) : noPair(panel, run, voting)}
  </section>`;
}

function titleOf({ choice }: PairView, { voted, wanted, waiting }: VotingView): string {
  const of = waiting > 0 ? "" : ` of ${count(wanted)}`;
  return choice === null ? `Pair ${count(voted + 1)}${of}` : `Voted, ${count(voted)}${of}`;
}

function leftWords({ same, failed, waiting }: VotingView): string {
  return [
    ...(waiting > 0 ? [`${plural(waiting, "pair")} still to be written`] : []),
    ...(same > 0 ? [`${plural(same, "pair")} with the same answer twice, no vote needed`] : []),
    ...(failed > 0 ? [`${plural(failed, "pair")} without an answer, left out`] : []),
  ].join(" · ");
}

function pairBody(panel: Arena, run: RunView, pair: PairView, voting: VotingView): TemplateResult {
  return html`<p class="prompt-text">${pair.prompt}</p>
    <div class="sides">${side(panel, pair, "left")} ${side(panel, pair, "right")}</div>
    ${pair.choice === null && !voting.closed ? voteButtons(panel) : voted(panel, run, pair, voting)}`;
}

/** Before its vote a side is its text and no more. */
function side(panel: Arena, pair: PairView, which: "left" | "right"): TemplateResult {
  const named = pair.revealed?.[which];
  const name = which === "left" ? "Left" : "Right";
  const better = pair.choice === which;
  return html`<article class="side ${better ? "better" : ""}" aria-label="${name} answer">
    <header class="row wrap">
      <h3>${name}</h3>
      ${named ? html`<b class="who">${named.name}</b>` : nothing}
      ${better ? html`<span class="small">✓ your vote</span>` : nothing}
      <span class="sp"></span>
      ${named ? html`<span class="muted small num">${plural(named.tokens, "token")}${cutNote(named.reason)}</span>` : nothing}
    </header>
    ${answerText(pair[which], named && wantedTokens(panel, named.answer))}
  </article>`;
}

function voteButtons(panel: Arena): TemplateResult {
  const button = (choice: Choice, words: string, key: string) =>
    html`<vscode-button appearance="secondary" id="vote-${choice}" title="Key ${key}" @click=${() => panel.vote(choice)}
      >${words} <span class="key" aria-hidden="true">${key}</span></vscode-button
    >`;
  return html`<div class="row wrap vote" role="group" aria-label="Your vote">
    ${button("left", "Left is better", "←")}<span class="sp"></span>${button("tie", "Tie", "T")}
    ${button("bothBad", "Both are bad", "B")}<span class="sp"></span>${button("right", "Right is better", "→")}
  </div>`;
}

const choiceWords: Readonly<Record<Choice, string>> = {
  left: "You found left better.",
  right: "You found right better.",
  tie: "You called it a tie.",
  bothBad: "You found both bad.",
};

function voted(
  panel: Arena,
  { names }: RunView,
  { choice, revealed }: PairView,
  { waiting, voted: votes, wanted, closed }: VotingView,
): TemplateResult {
  const when = names === "atEnd" ? "at the end" : "once no other open pair has one of these answers";
  // Where names come at the end, the page after the last vote offers to show them.
  const last = waiting === 0 && votes === wanted && names !== "atEnd";
  const hidden = revealed || choice === null ? nothing : html`<span class="muted">Names are shown ${when}.</span>`;
  return html`<div class="row wrap vote">
    <span>${choice === null ? "No vote was given." : choiceWords[choice]}</span> ${hidden}
    <span class="sp"></span>
    ${
      closed || last
        ? nothing
        : html`<vscode-button id="next-pair" title="Enter or N" @click=${() => panel.do("next")}
            >Next pair <span class="key" aria-hidden="true">⏎</span></vscode-button
          >`
    }
  </div>`;
}

function noPair(panel: Arena, run: RunView, voting: VotingView): TemplateResult {
  const { waiting, voted: votes, wanted, closed } = voting;
  if (waiting > 0 && panel.state.running) {
    return html`<div class="sides" aria-hidden="true"><div class="side waiting"></div><div class="side waiting"></div></div>
      <p class="muted" id="waiting">
        The next two answers are being written. They are shown together, and only when both are there: speed would tell
        whose they are.
      </p>`;
  }
  if (closed)
    return html`<p class="muted none-yet">All names are shown, so there are no more votes. Choose one below to look at its pair.</p>`;
  if (wanted === 0) {
    return html`<p class="muted none-yet">${waiting > 0 ? "No pair is written yet." : "No pair needs a vote: both sides always said the same, or gave no answer."}</p>`;
  }
  const rest = waiting > 0 ? `${plural(waiting, "pair")} still to be written.` : "";
  const ready = run.names === "atEnd" && votes > 0;
  return html`<div class="row wrap none-yet">
    <p>${waiting > 0 ? "All pairs that are written have a vote." : votes === 1 ? "The only pair has its vote." : `All ${plural(votes, "pair")} have a vote.`} <span class="muted">${rest}</span></p>
    ${ready ? html`<vscode-button id="reveal" @click=${() => panel.do("reveal")}>Show all names</vscode-button>` : nothing}
    ${ready ? html`<span class="muted small">Until then votes can be taken back.</span>` : nothing}
  </div>`;
}
