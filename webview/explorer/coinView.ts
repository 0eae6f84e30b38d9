import { html, nothing, type TemplateResult } from "lit";
import { type Frequency, tailOutcome } from "../../src/experiments/explorer/coin";
import { coinBar } from "../ui/charts/cellBars";
import { count } from "../ui/format";
import { numberField } from "../ui/slider";
import type { Derived } from "./derived";
import type { Explorer } from "./explorer";
import { coinWords } from "./finding";
import { named } from "./words";

/** Tosses that one press adds. */
const tosses = [1, 10, 1000] as const;

/** The head of the coin's columns: toss, the seed, the last draw. */
export function coinHead(explorer: Explorer, derived: Derived): TemplateResult {
  const { coin } = explorer.state;
  const last = derived.coin?.tosses.tosses.at(-1);
  const lastName =
    last && (last.outcome === tailOutcome ? "one of the others" : named(derived.distribution.entries[last.outcome]!));
  return html`<div class="stage coin-head" role="columnheader">
    <div class="stage-name">
      <b>Toss the coin</b><span class="sp"></span>
      ${tosses.map(
        (times) => html`<button
          class="mini"
          id="toss-${times}"
          aria-label="Toss ${count(times)} ${times === 1 ? "time" : "times"}"
          title=${times === 1 ? "Toss once (T)" : times === 1000 ? "Toss 1,000 times (Shift+T)" : "Toss 10 times"}
          @click=${() => explorer.toss(times)}
        >
          ${count(times)}
        </button>`,
      )}
    </div>
    <div class="stage-note row">
      <label for="seed">seed</label>
      ${numberField({
        id: "seed",
        label: "Seed of the coin",
        hint: "The same seed gives the same draws, whatever the sampler",
        value: coin.seed,
        min: 0,
        max: 2 ** 32 - 1,
        step: 1,
        change: (seed) => explorer.do("setSeed", seed),
      })}
      ${
        last
          ? html`<span class="last-draw" title="The draw is a number from 0 to 1; it falls on the token whose stretch it lies in, the tokens’ probabilities laid end to end.">
                draw ${last.u.toFixed(4)} → <span class="mono">${lastName}</span></span
              >`
          : nothing
      }
    </div>
    <p class="stage-note">
      ${coinWords(derived) || "not tossed yet"}
      ${last ? html`<button class="link" id="reset-coin" @click=${() => explorer.do("toss", 0)}>Reset</button>` : nothing}
    </p>
  </div>`;
}

/** Full width of the coin's column, in counts. */
export function coinScale({ coin }: Derived): number {
  if (!coin) return 1;
  const times = coin.tosses.tosses.length;
  let most = 1;
  for (const { fair, share, seen } of coin.byOutcome.values())
    most = Math.max(most, fair.high, seen, share.high * times);
  return most * 1.02;
}

/** Bar, seen and due of one outcome. */
export function coinCells(frequency: Frequency | undefined, times: number, scale: number): TemplateResult {
  if (!frequency) {
    return html`<span class="cell-coin" role="gridcell"></span><span class="num r cell-seen" role="gridcell"></span
      ><span class="num r cell-due" role="gridcell"></span>`;
  }
  const { seen, due, share, fair } = frequency;
  const interval = `${(share.rate * 100).toFixed(1)} % [${(share.low * 100).toFixed(1)}, ${(share.high * 100).toFixed(1)}] of ${count(times)}; 95 % of fair coins give ${count(fair.low)} to ${count(fair.high)}`;
  return html`<span class="cell-coin" role="gridcell" title=${interval}
      >${coinBar({
        seen: seen / scale,
        low: (share.low * times) / scale,
        high: (share.high * times) / scale,
        fairLow: fair.low / scale,
        fairHigh: fair.high / scale,
      })}<span class="sr">${interval}</span></span
    ><span class="num r cell-seen" role="gridcell">${count(seen)}</span
    ><span class="num r cell-due" role="gridcell">${dueWords(due)}</span>`;
}

/** "629", and a digit more under ten: what is due is seldom whole. */
export function dueWords(due: number): string {
  if (due > 0 && due < 0.05) return "< 0.1";
  return due > 0 && due < 9.95 ? due.toFixed(1) : count(Math.round(due));
}
