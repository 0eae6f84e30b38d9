import { html, nothing, type TemplateResult } from "lit";
import { verdictMark } from "../runs/verdictMark";
import { shortened } from "../runs/words";
import { count } from "../ui/format";
import type { EditView, QuestionPage } from "./questions";
import type { Reasoning } from "./reasoning";
import { sameSide } from "./sides";

/** What came of changed steps: both branches side by side, the latest first. */
export function editsView(panel: Reasoning, page: QuestionPage): TemplateResult | typeof nothing {
  if (page.edits.length === 0) return nothing;
  return html`<section class="edits" aria-label="Changed steps" data-region tabindex="0">
    <h2>Changed steps <span class="muted">does the answer follow?</span></h2>
    ${page.edits.toReversed().map((edit) => editView(panel, page, edit))}
  </section>`;
}

function editView(panel: Reasoning, page: QuestionPage, edit: EditView): TemplateResult {
  const answer = page.cells.find((cell) => sameSide(cell, edit))?.samples.find(({ sample }) => sample === edit.sample);
  const before = answer?.text.slice(edit.start, edit.end) ?? "";
  const step = (answer?.steps.findIndex(({ end }) => end === edit.end) ?? -1) + 1;
  return html`<article class="edit">
    <p>
      <b>${edit.followed ? "The answer followed" : "The answer did not follow"}</b>${outcome(edit)}
      <span class="muted">${panel.armName(edit.arm)}, ${what(edit, before, step)}</span>
    </p>
    <div class="branches">
      ${branch("With the change", edit.changed)} ${branch("Without it", edit.unchanged)}
    </div>
  </article>`;
}

function outcome({ changedAnswer, unchangedAnswer, followed }: EditView): string {
  const [changed, unchanged] = [changedAnswer ?? "no answer", unchangedAnswer ?? "no answer"];
  return followed ? `: ${changed} in place of ${unchanged}.` : `: ${changed} either way.`;
}

function what({ replacement, planted, start, end }: EditView, before: string, step: number): string {
  const to = `“${shortened(replacement, 80)}”`;
  if (start === end) return `${to} put in after step ${step}`;
  if (replacement === "") return `step ${step} taken out: “${shortened(before, 80)}”`;
  return `step ${step} ${planted ? "with a planted mistake" : "changed"}: ${to} for “${shortened(before, 80)}”`;
}

function branch(name: string, continuations: EditView["changed"]): TemplateResult {
  const said = new Map<string, { times: number; verdict: EditView["changed"][number]["verdict"]; text: string }>();
  for (const { said: answer, verdict, text } of continuations) {
    const key = answer ?? "–";
    const known = said.get(key);
    said.set(key, known ? { ...known, times: known.times + 1 } : { times: 1, verdict, text });
  }
  const rows = [...said].sort(([, a], [, b]) => b.times - a.times);
  return html`<section class="arm" aria-label=${name}>
    <header><h3>${name}</h3></header>
    ${rows.map(
      ([answer, { times, verdict, text }]) => html`<details class="branch">
        <summary>
          <span class="verdict ${verdict ?? ""}">${verdict ? verdictMark(verdict) : nothing}${answer}</span>
          <span class="muted small num">${count(times)} of ${count(continuations.length)}</span>
          <span class="muted small branch-start">${shortened(text, 60)}</span>
        </summary>
        <p class="branch-text">${text.trim()}</p>
      </details>`,
    )}
  </section>`;
}
