import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { textOf } from "../ui/controls";
import { dropdown, pills } from "../ui/fields";
import { count, hex, plural } from "../ui/format";
import { isBoxed } from "../ui/textMeasure";
import { type Run, textRuns, tokenRuns } from "../ui/tokenText";
import type { VirtualList } from "../ui/virtualList";
import type { Inspector } from "./inspector";
import type { VocabularyFilter, VocabularyKind, VocabularyQuery, VocabularyRow } from "./protocol";

const kinds: readonly { readonly value: VocabularyKind; readonly label: string; readonly hint: string }[] = [
  { value: "text", label: "Text", hint: "Tokens that contain the text; capitals count when the query has any" },
  { value: "id", label: "Id", hint: "Ids and ranges: 128, 1000-1020" },
  { value: "regex", label: "Regular expression", hint: "JavaScript syntax, for example ^\\s+$ or \\p{Script=Thai}" },
];
const filters: readonly { readonly value: VocabularyFilter; readonly label: string }[] = [
  { value: "all", label: "All" },
  { value: "longest", label: "Longest first" },
  { value: "bytes", label: "Single bytes" },
  { value: "special", label: "Special" },
];
const placeholders: Readonly<Record<VocabularyKind, string>> = {
  text: "Find text, such as straw",
  id: "Find ids, such as 128 or 1000-1020",
  regex: "Find by expression, such as ^ [A-Z]{4,}$",
};

/** Every token of a vocabulary, found by text, id or regular expression. */
export function vocabularyView(inspector: Inspector): TemplateResult {
  const { vocabulary } = inspector.state;
  const names = inspector.choices
    .filter(({ group }) => group !== "Models")
    .map(({ name, label }) => ({ value: name, label }));
  return html`<div class="head row wrap" data-region>
      ${dropdown("vocabulary", "Vocabulary", names, vocabulary.tokenizer, (tokenizer) => inspector.setVocabulary({ tokenizer }))}
      <div class="fld grow">
        <span class="lab">Search</span>
        <vscode-text-field
          id="vocabulary-search"
          aria-label="Search the vocabulary"
          title="Search (/)"
          placeholder=${placeholders[vocabulary.kind]}
          .value=${vocabulary.text}
          @input=${(event: Event) => inspector.setVocabulary({ text: textOf(event) })}
        ></vscode-text-field>
      </div>
    </div>
    <div class="row wrap choosers" data-region>
      ${pills("Search by", kinds, vocabulary.kind, (kind) => inspector.setVocabulary({ kind }))}
      <span class="divider" aria-hidden="true"></span>
      ${pills("Which tokens", filters, vocabulary.filter, (filter) => inspector.setVocabulary({ filter }))}
    </div>
    ${finding(inspector)} ${list(inspector)}`;
}

function finding({ found, searching, state }: Inspector): TemplateResult {
  if (!found) return html`<p class="find muted">${searching ? "Reading the vocabulary…" : "\u00a0"}</p>`;
  if (found.problem !== null) return html`<div class="note caution" role="alert"><p>${found.problem}</p></div>`;
  const { matches, tokens } = found;
  const about = condition(state.vocabulary);
  return html`<p class="find" role="status">
    <b>${matches === tokens ? plural(matches, "token") : `${count(matches)} of ${plural(tokens, "token")}`}</b
    >${about === "" ? "" : ` ${about}`}, ${state.vocabulary.tokenizer}
  </p>`;
}

function condition({ kind, text, filter }: VocabularyQuery): string {
  const which = { all: "", longest: "longest first", bytes: "are single bytes", special: "are special" }[filter];
  const how = text === "" ? "" : { text: `contain “${text}”`, id: "have these ids", regex: `fit /${text}/` }[kind];
  return [how, which].filter((part) => part !== "").join(filter === "longest" ? ", " : " and ");
}

function list(inspector: Inspector): TemplateResult | typeof nothing {
  const { found } = inspector;
  if (!found || found.problem !== null) return nothing;
  if (found.matches === 0) {
    return html`<div class="card"><p class="empty muted">No token fits. A text that is no token of its own is made of several: look at it under Tokens.</p></div>`;
  }
  return html`<div class="vocabulary-list">
    <div class="list-head" aria-hidden="true"><span class="r">id</span><span>text</span><span>bytes</span><span class="r">length</span><span class="r">rank</span></div>
    <ps-virtual-list
      aria-label="Tokens of the vocabulary"
      aria-colcount="5"
      data-region
      tabindex="0"
      ${ref((element) => element && update(element as VirtualList<VocabularyRow>, inspector))}
    ></ps-virtual-list>
  </div>`;
}

const shownSearches = new WeakMap<Element, number>();

function update(element: VirtualList<VocabularyRow>, { host, found }: Inspector): void {
  if (!found || shownSearches.get(element) === found.search) return;
  shownSearches.set(element, found.search);
  const { search } = found;
  element.fetchRows = (from, count) => host.call("vocabularyRows", { search, from, count });
  element.drawRow = cells;
  element.reset(found.matches);
}

function cells({ id, bytes, rank, special }: VocabularyRow): HTMLElement[] {
  const text = cell("cell-text mono");
  const token = document.createElement("span");
  token.className = special === null ? "tk b0" : "tk special";
  append(token, special === null ? tokenRuns(bytes) : textRuns(special));
  text.append(token);
  return [
    cell("cell-id mono r", String(id)),
    text,
    cell("cell-bytes mono muted", hex(bytes)),
    cell("cell-length r num", String(bytes.length)),
    cell("cell-rank r num", rank === null ? "" : count(rank)),
  ];
}

function append(element: HTMLElement, runs: readonly Run[]): void {
  for (const run of runs) {
    if (run.kind === "text") element.append(run.text);
    else
      element.append(
        Object.assign(document.createElement("span"), {
          className: isBoxed(run) ? "box" : "mark",
          textContent: run.text,
        }),
      );
  }
}

function cell(className: string, text = ""): HTMLElement {
  const element = Object.assign(document.createElement("span"), { className, textContent: text });
  element.setAttribute("role", "gridcell");
  return element;
}
