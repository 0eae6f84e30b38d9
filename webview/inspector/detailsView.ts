import { html, nothing, type TemplateResult } from "lit";
import { count, hex, percent } from "../ui/format";
import { codePoint, textRuns, tokenRuns } from "../ui/tokenText";
import type { Inspector } from "./inspector";
import type { Details } from "./protocol";
import { runsTemplate } from "./runsTemplate";

/** The chosen token: what it is, and where it stands. */
export function detailsView(inspector: Inspector): TemplateResult {
  const { details } = inspector;
  return html`<aside class="details" aria-label="Token" data-region tabindex="0">
    ${details ? facts(inspector, details) : html`<p class="muted">Choose a token to see its id, bytes and rank.</p>`}
  </aside>`;
}

function facts(inspector: Inspector, details: Details): TemplateResult {
  const { index, of, id, rank, vocabularySize, bytes, line, column, occurrences, special } = details;
  const runs = tokenRuns(bytes);
  const points = [...new TextDecoder().decode(bytes)];
  const partial = runs.some(({ kind }) => kind === "bytes");
  return html`<h2 class="row">
      <span class="token-name tk ${special ? "special" : `b${index % 6}`}">${runsTemplate(runs)}</span>
      <span class="sp"></span>
      <button class="link" @click=${() => inspector.host.tell("copyText", String(id))}>Copy id</button>
      <button class="link" @click=${() => inspector.lookUp(id)}>Vocabulary</button>
    </h2>
    <p class="small muted">
      Token ${count(index + 1)} of ${count(of)}${line === null ? nothing : ` · line ${count(line)}, column ${column}`}
    </p>
    <dl>
      <dt>id</dt>
      <dd class="mono">${id}</dd>
      <dt>rank</dt>
      <dd>
        ${
          rank === null
            ? html`<span class="muted">${special ? "none: a special token" : "none: a single byte or an added token"}</span>`
            : html`${count(rank)} of ${count(vocabularySize)} <span class="muted">(${rankWords(rank / vocabularySize)})</span>`
        }
      </dd>
      <dt>bytes</dt>
      <dd class="mono">${hex(bytes)} <span class="muted">(${bytes.length})</span></dd>
      <dt>text</dt>
      <dd>
        ${
          partial
            ? html`<span class="muted">part of</span> <span class="mono">${runsTemplate(textRuns(details.text))}</span>`
            : html`<span class="mono">${JSON.stringify(new TextDecoder().decode(bytes))}</span>`
        }
      </dd>
      ${
        partial || points.length > 8
          ? nothing
          : html`<dt>characters</dt>
              <dd class="mono">${points.map(codePoint).join(" ")}</dd>`
      }
      ${
        occurrences === null
          ? nothing
          : html`<dt>in this text</dt>
              <dd>${count(occurrences)} × <span class="muted">(${percent(occurrences / Math.max(1, of))})</span></dd>`
      }
    </dl>`;
}

/** Early merges are frequent pieces. */
function rankWords(share: number): string {
  if (share < 0.02) return "merged early: a frequent piece";
  return share > 0.4 ? "merged late: a rare piece" : "merged midway";
}
