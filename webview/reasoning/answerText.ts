import { html, nothing, type TemplateResult } from "lit";
import { percent } from "../../src/experiments/reasoning/words";
import { bitsOf, stepOf } from "../../src/inference/surprisal";
import { nameOf, tokenView } from "../ui/tokenView";
import { type Piece, type PlacedToken, piecesOf, tokensOfPieces } from "./pieces";
import type { AnswerView, QuestionPage } from "./questions";
import type { Reasoning } from "./reasoning";
import type { Hand } from "./sides";

/** An answer as steps that can be taken in hand; the place the answer was read from is marked. */
export function transcript(panel: Reasoning, page: QuestionPage, hand: Hand, answer: AnswerView): TemplateResult {
  const pieces = piecesOf(answer);
  const painted = paintedTokens(panel, page, hand, pieces, answer.place);
  const inHand = panel.isHand(hand);
  const step = (piece: Piece, index: number) => {
    const chosen = inHand && piece.step === panel.step && piece.kind === "step";
    const inside = html`<span class="sn">${piece.kind === "step" ? piece.step + 1 : ""}</span>
      <span class=${piece.kind === "final" ? "fin" : ""}>${painted ? painted[index] : marked(answer, piece)}</span>
      <span class="muted small num">${piece.tokens ?? ""}</span>`;
    if (piece.kind !== "step") return html`<li class="step ${piece.kind}">${inside}</li>`;
    return html`<li>
      <button
        class="step ${chosen ? "cur" : ""}"
        data-step=${piece.step}
        aria-pressed=${chosen ? "true" : "false"}
        title="Step ${piece.step + 1}, ${piece.tokens} tokens; E changes it"
        @click=${() => panel.hold(hand, piece.step)}
      >
        ${inside}
      </button>
    </li>`;
  };
  const thoughts = answer.thoughts ? html`<p class="arm-note small muted">Thoughts, in steps:</p>` : nothing;
  return html`${thoughts}
    <ol class="steps" data-answer=${hand.sample}>
      ${pieces.length === 0 ? html`<li class="step"><span class="muted">(nothing was written)</span></li>` : pieces.map(step)}
    </ol>`;
}

/** The piece's text with the answer's place marked. */
function marked({ text, place, how }: AnswerView, { start, end }: Piece): TemplateResult | string {
  if (!place || place.start < start || place.end > end || place.start === place.end) return text.slice(start, end);
  return html`${text.slice(start, place.start)}<b class="place" title="Read as the answer: ${how}">${text.slice(place.start, place.end)}</b
    >${text.slice(place.end, end)}`;
}

/** The pieces' tokens, in bands or tinted by how rare each was; undefined while they are not wanted or have not come. */
function paintedTokens(
  panel: Reasoning,
  page: QuestionPage,
  hand: Hand,
  pieces: readonly Piece[],
  place: AnswerView["place"],
): TemplateResult[] | undefined {
  const { paint } = panel.view;
  if (paint === "none") return undefined;
  const tokens = panel.tokensOf({ ...hand.side, question: page.id, sample: hand.sample });
  if (!tokens) return undefined;
  const draw = (token: PlacedToken) =>
    tokenSpan(
      token,
      `${paint === "tokens" ? `b${token.index % 6}` : tint(token)} ${isIn(token, place) ? "place" : ""}`,
    );
  return tokensOfPieces(pieces, tokens.tokens, tokens.logProbs).map((part) => html`${part.map(draw)}`);
}

function tint({ logProb }: PlacedToken): string {
  return logProb === null ? "t0" : `t${stepOf(bitsOf(logProb))}`;
}

function isIn({ start, end }: PlacedToken, place: AnswerView["place"]): boolean {
  return place !== null && start < place.end && end > place.start;
}

function tokenSpan({ text, logProb }: PlacedToken, look: string): TemplateResult {
  const probability = logProb === null ? "no probability given" : percent(Math.exp(logProb));
  return html`<span class="tk ${look}" title="${nameOf({ text })}: ${probability}">${tokenView({ text })}</span><wbr />`;
}
