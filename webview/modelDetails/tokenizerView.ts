import { html, nothing, type TemplateResult } from "lit";
import { count } from "../ui/format";
import type { ModelDetails } from "./modelDetails";
import type { ModelFile } from "./protocol";

const kinds: Readonly<Record<string, string>> = {
  gpt2: "byte-level BPE",
  llama: "SentencePiece BPE",
  bert: "WordPiece",
  t5: "SentencePiece unigram",
};

/** What cuts texts into tokens, and what puts messages together. */
export function tokenizerView(details: ModelDetails, file: ModelFile): TemplateResult {
  return html`${tokenizer(details, file)} ${template(details, file)}`;
}

function tokenizer(details: ModelDetails, { tokenizer }: ModelFile): TemplateResult {
  if (!tokenizer)
    return html`<section>
      <h2>Tokenizer</h2>
      <p class="muted">The file has none.</p>
    </section>`;
  const word = kinds[tokenizer.kind];
  const rows: [string, string | null][] = [
    ["Kind", word === undefined ? tokenizer.kind : `${word} (${tokenizer.kind})`],
    ["Pre-tokenizer", tokenizer.preTokenizer],
    ["Vocabulary", `${count(tokenizer.size)} tokens`],
    ["Begin of sequence", id(tokenizer.bosId)],
    ["End of sequence", id(tokenizer.eosId)],
    ["Begins every prompt with one", tokenizer.addsBos === null ? null : tokenizer.addsBos ? "yes" : "no"],
  ];
  return html`<section aria-labelledby="tokenizer-head">
    <div class="row wrap section-head">
      <h2 id="tokenizer-head" class="sp">Tokenizer</h2>
      <button class="link" @click=${() => details.run("addTokenizer")}>Count files with it…</button>
    </div>
    <table>
      <tbody>
        ${rows.map(([name, value]) =>
          value === null
            ? nothing
            : html`<tr>
                <th scope="row">${name}</th>
                <td class="value">${value}</td>
              </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function template(details: ModelDetails, { chatTemplate }: ModelFile): TemplateResult {
  return html`<section aria-labelledby="template-head">
    <div class="row wrap section-head">
      <h2 id="template-head" class="sp">Chat template</h2>
      ${chatTemplate === null ? nothing : html`<button class="link" @click=${() => details.run("copyTemplate")}>Copy</button>`}
    </div>
    ${
      chatTemplate === null
        ? html`<p class="muted">It has none: this model goes on with texts and does not answer chats.</p>`
        : html`<pre class="mono template" tabindex="0" role="region" aria-label="Chat template, Jinja">${chatTemplate}</pre>`
    }
  </section>`;
}

function id(value: number | null): string | null {
  return value === null ? null : `id ${count(value)}`;
}
