import { html, nothing, type TemplateResult } from "lit";
import { checkedOf } from "../ui/controls";
import { dropdown } from "../ui/fields";
import { count, decimal, percent, plural } from "../ui/format";
import { detailsView } from "./detailsView";
import type { Inspector } from "./inspector";
import type { Lane, Summary } from "./protocol";
import { sourceFields, tokenizerOptions, typedText } from "./sourceFields";
import { stripView } from "./stripView";

/** One tokenizer on one text: the count, the strip, and the token in hand. */
export function tokensView(inspector: Inspector): TemplateResult {
  return html`<div class="head row wrap" data-region>
      ${sourceFields(inspector)} ${tokenizerField(inspector, "The editor’s own")}
      <span class="sp"></span>
      ${layerBoxes(inspector)}
    </div>
    ${typedText(inspector)} ${finding(inspector)}
    <div class="work">${stripView(inspector, "Tokens")} ${detailsView(inspector)}</div>`;
}

/** `own` names what counts when nothing is chosen. */
export function tokenizerField(inspector: Inspector, own: string): TemplateResult {
  const { tokenizer } = inspector.state;
  const options = [{ value: "", label: own }, ...tokenizerOptions(inspector)];
  return dropdown("tokenizer", "Tokenizer or model", options, tokenizer, (value) =>
    inspector.set({ tokenizer: value }),
  );
}

export function layerBoxes(inspector: Inspector): TemplateResult {
  const { layers } = inspector.state;
  return html`<div class="row layers" role="group" aria-label="Shown under each token">
    <vscode-checkbox ?checked=${layers.ids} @change=${(event: Event) => inspector.setLayers({ ids: checkedOf(event) })}
      >Ids</vscode-checkbox
    >
    <vscode-checkbox
      ?checked=${layers.bytes}
      @change=${(event: Event) => inspector.setLayers({ bytes: checkedOf(event) })}
      >Bytes</vscode-checkbox
    >
  </div>`;
}

/** The count as a sentence, then what it rests on. */
export function finding(inspector: Inspector): TemplateResult {
  const { summary } = inspector;
  const lane = summary?.lanes[0];
  if (!summary || summary.problem !== null || !lane) return html`<p class="find">&nbsp;</p>`;
  if (lane.tokens === null) return html`<p class="find muted">${waiting(lane)}</p>`;
  const { length } = summary;
  const mark = lane.kind === "estimate" ? "≈ " : "";
  const soFar = lane.complete ? "" : ` so far, ${percent(length > 0 ? summary.filledTo / length : 0)} of the text`;
  return html`<div>
    <p class="find" title=${lane.reason ?? nothing}>
      <b>${mark}${plural(lane.tokens, "token")}</b>${soFar}, ${lane.tokenizer},
      ${lane.kind === "exact" ? "exact" : "estimate"}${
        length > 0 && lane.tokens > 0
          ? html` · ${plural(length, "character")} · ${decimal(length / lane.tokens)} characters per token`
          : nothing
      }
    </p>
    <p class="small muted sub-finding">${notes(summary, lane)} ${copyLinks(inspector)}</p>
  </div>`;
}

function copyLinks(inspector: Inspector): TemplateResult {
  const copy = (format: "ids" | "json") => inspector.copy(format).catch((error: unknown) => inspector.fail(error));
  return html`<span class="links">
    <button class="link" @click=${() => copy("ids")}>Copy ids</button>
    <button class="link" @click=${() => copy("json")}>Copy JSON</button>
  </span>`;
}

function waiting(lane: Lane): string {
  return lane.error ?? `Loading ${lane.tokenizer}…`;
}

function notes(summary: Summary, lane: Lane): string {
  const what = { file: "Whole file", selection: summary.selected ? "Selection" : "Nothing is selected: whole file" };
  const parts = [
    summary.source === "file" || summary.source === "selection" ? what[summary.source] : undefined,
    lane.contextWindow !== null && lane.tokens !== null
      ? `${percent(lane.tokens / lane.contextWindow)} of a window of ${count(lane.contextWindow)}`
      : undefined,
    lane.reason ?? undefined,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}
