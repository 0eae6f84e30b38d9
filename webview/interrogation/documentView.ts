import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { textOf } from "../ui/controls";
import { settle } from "../ui/fields";
import { count, plural } from "../ui/format";
import { setBox } from "../ui/setBox";
import { blockLines } from "./blocks";
import { draftForm } from "./draftForm";
import { type HeatLine, heatLines, heatStep } from "./heat";
import type { Interrogation } from "./interrogation";
import type { DocumentView } from "./review";

/** The text with what is known of each line beside it; the open question's sentence is underlined. */
export function documentView(panel: Interrogation, document: DocumentView): TemplateResult {
  const lines = panel.heatLines(() => heatLines(document.text, panel.state.heat));
  const headings = new Set(document.headings);
  const blocks = Array.from({ length: Math.ceil(lines.length / blockLines) }, (_, at) => at);
  const { draft } = panel;
  const open = panel.state.page?.file === document.file ? panel.state.page : null;
  return html`<section class="document" aria-label="Text" data-region>
    <div class="row document-head">
      <h2>
        ${panel.state.files.length > 1 ? filePicker(panel, document) : document.file}
      </h2>
      <span class="sp"></span>
      <button class="link small" id="show-heat" title="Colours the file in the text editor" @click=${() => panel.do("showHeat", true)}>
        In the editor
      </button>
      <button class="link small" id="add-question" @click=${() => panel.add(open?.line ?? 1)}>Add a question…</button>
    </div>
    ${draft && draft.question === null ? draftForm(panel, draft) : nothing}
    <div class="text" id="document" tabindex="0" role="group" aria-label=${document.file}>
      ${blocks.map((block) => {
        const own = lines.slice(block * blockLines, (block + 1) * blockLines);
        const near = panel.blocks.isNear(block);
        return html`<div
          class="block"
          data-block=${block}
          ${ref((element) => element && panel.blocks.follow(element, block))}
          ${near ? nothing : setBox({ height: panel.blocks.height(block, own.length) })}
        >
          ${near ? own.map((line) => textLine(panel, document, line, headings, open)) : nothing}
        </div>`;
      })}
    </div>
    ${legend()}
  </section>`;
}

function filePicker(panel: Interrogation, { file }: DocumentView): TemplateResult {
  return html`<vscode-dropdown
    id="file"
    aria-label="File"
    ${ref((element) => element && settle(element as HTMLSelectElement, file))}
    @change=${(event: Event) => {
      const wanted = textOf(event);
      if (wanted !== panel.state.document?.file) panel.do("openFile", wanted);
    }}
  >
    ${panel.state.files.map(
      ({ name, questions, right }) =>
        html`<vscode-option value=${name} ?selected=${name === file}
          >${name}: ${right.rate === null ? plural(questions, "question") : `${Math.round(right.rate * 100)} % right`}</vscode-option
        >`,
    )}
  </vscode-dropdown>`;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

function textLine(
  panel: Interrogation,
  { text }: DocumentView,
  line: HeatLine,
  headings: ReadonlySet<number>,
  open: Stretch | null,
): TemplateResult {
  const { number, start, end, share, questions, first } = line;
  const words = share === null ? "not answered yet" : `${Math.round(share * 100)} % right`;
  const current = open !== null && open.start < end && open.end > start;
  return html`<div class="dl ${current ? "cur" : ""}">
    ${
      first === undefined
        ? html`<span></span><span></span>`
        : html`<span class="hm ${share === null ? "unmarked" : `h${heatStep(share)}`}"></span
            ><button
              class="hv"
              tabindex="-1"
              aria-label="Line ${count(number)}: ${words}, ${plural(questions, "question")}"
              title="${words}, ${plural(questions, "question")}"
              @click=${() => panel.do("openQuestion", first)}
            >
              ${share === null ? "–" : Math.round(share * 100)}
            </button>`
    }
    <span class="ln">${number}</span>
    <p class=${headings.has(number) ? "mh" : ""} @click=${first === undefined ? nothing : () => panel.do("openQuestion", first)}>${marked(text, start, end, current ? open : null)}</p>
  </div>`;
}

/** A line's text with a stretch of it underlined. */
function marked(text: string, start: number, end: number, stretch: Stretch | null): TemplateResult | string {
  if (!stretch) return text.slice(start, end);
  const [from, to] = [Math.max(start, stretch.start), Math.min(end, stretch.end)];
  return html`${text.slice(start, from)}<mark>${text.slice(from, to)}</mark>${text.slice(to, end)}`;
}

function legend(): TemplateResult {
  return html`<div class="row small muted heat-legend" aria-hidden="true">
    <span>% right by line: made up</span>${[0, 1, 2, 3, 4, 5].map((step) => html`<span class="hm h${step}"></span>`)}<span>known</span>
  </div>`;
}
