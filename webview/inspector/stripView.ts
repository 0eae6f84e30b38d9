import { html, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { StripModel, StripToken, TokenStrip } from "../ui/tokenStrip";
import type { Inspector } from "./inspector";

/** The token strip of the text in hand, or why there is none. */
export function stripView(inspector: Inspector, label: string): TemplateResult {
  const { summary } = inspector;
  if (!summary) return html`<div class="strip-box card"><p class="empty muted">Reading the text…</p></div>`;
  if (summary.problem !== null) {
    return html`<div class="strip-box"><div class="note caution"><p>${summary.problem}</p></div></div>`;
  }
  const failed = summary.lanes.filter(({ error }) => error !== null);
  if (failed.length > 0) {
    return html`<div class="strip-box">
      ${failed.map(
        ({ tokenizer, error }) =>
          html`<div class="note error">
            <p class="sp"><b>${tokenizer} could not be loaded.</b> ${error}</p>
            <button class="link" @click=${() => inspector.host.tell("showLog")}>Show log</button>
          </div>`,
      )}
    </div>`;
  }
  if (summary.length === 0) {
    const words = summary.source === "typed" ? "Type a text above to see its tokens." : "There is no text yet.";
    return html`<div class="strip-box card"><p class="empty muted">${words}</p></div>`;
  }
  return html`<div class="strip-box">
    <ps-token-strip
      aria-label=${label}
      data-region
      tabindex="0"
      ${ref((element) => element && update(element as TokenStrip, inspector))}
      @choose=${(event: CustomEvent<StripToken>) => inspector.choose(event.detail)}
      @open=${(event: CustomEvent<StripToken>) => inspector.openInEditor(event.detail)}
      @hover=${(event: CustomEvent<StripToken | null>) => inspector.hover(event.detail)}
      @failed=${(event: CustomEvent<unknown>) => inspector.fail(event.detail)}
    ></ps-token-strip>
  </div>`;
}

function update(strip: TokenStrip, inspector: Inspector): void {
  const { summary, state } = inspector;
  if (!summary) return;
  strip.fetchPage = (index) => inspector.host.call("page", index);
  strip.model = {
    version: summary.version,
    length: summary.length,
    filledTo: summary.filledTo,
    total: summary.lanes[0]?.tokens ?? 0,
    lanes: summary.lanes.map(({ tokenizer }) => tokenizer),
    layers: summary.lanes.length > 1 ? { ids: false, bytes: false } : state.layers,
  } satisfies StripModel;
}
