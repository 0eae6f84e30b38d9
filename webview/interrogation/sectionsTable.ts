import { html, nothing, type TemplateResult } from "lit";
import { decisionNames } from "../../src/experiments/interrogation/findingWords";
import { percents } from "../../src/experiments/reasoning/words";
import { percentCell } from "../runs/words";
import { dotInterval, percentAxis } from "../ui/charts/dotInterval";
import { count } from "../ui/format";
import type { Figures, PartView } from "./figures";
import type { Interrogation } from "./interrogation";
import { decisionSign } from "./marks";
import type { DecisionKind } from "./review";

/** Under so many questions a section has counts, and no percentages. */
const enoughQuestions = 30;

const decisions: readonly DecisionKind[] = ["keep", "refuse", "leaveOut"];

/** What is known by section: right answers with their interval, and what becomes of the questions. */
export function sectionsTable(panel: Interrogation, { sections, whole }: Figures): TemplateResult {
  const files = new Set(sections.map(({ file }) => file));
  return html`<section class="sections" aria-label="By section" data-region>
    <h2>
      By section <span class="muted">right answers, closed book, with 95 % interval</span>
    </h2>
    <div class="sections-scroll" tabindex="0" role="group" aria-label="Table by section">
      <table>
        <thead>
          <tr>
            <th scope="col">Section</th>
            <th scope="col" class="plot-cell">${percentAxis()}<span class="sr">Plot</span></th>
            <th scope="col" class="r">right</th>
            ${decisions.map(
              (decision) =>
                html`<th scope="col" class="r sign" title=${decisionNames[decision]}>${decisionSign(decision)}<span class="sr">${decisionNames[decision]}</span></th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${sections.map((part, index) => {
            const begins = files.size > 1 && part.file !== sections[index - 1]?.file;
            return html`${begins ? html`<tr class="file-row"><th scope="rowgroup" colspan="6">${part.file}</th></tr>` : nothing}
            ${row(panel, part)}`;
          })}
          ${sections.length > 1 ? html`${row(panel, whole, "All")}` : nothing}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row(panel: Interrogation, part: PartView, all?: string): TemplateResult {
  const { successes, trials, rate, low, high } = part.right;
  const name = all ?? (part.section === "" ? "before the first heading" : part.section);
  const right =
    rate === null
      ? "–"
      : part.questions < enoughQuestions
        ? `${count(successes)} of ${count(trials)}`
        : `${percentCell(rate)} % ${percents({ low, high })}`;
  const shown = panel.query === part.section && part.section !== "";
  return html`<tr class=${all ? "all" : ""}>
    <td class="section-name" title=${name}>
      ${
        all || part.section === ""
          ? name
          : html`<button
              class="link fg"
              aria-pressed=${shown ? "true" : "false"}
              title=${shown ? "Shows all questions again" : `Shows only the questions of “${name}”`}
              @click=${() => panel.findNow(shown ? "" : part.section)}
            >
              ${name}
            </button>`
      }
    </td>
    <td class="plot-cell">${dotInterval({ rate: rate ?? Number.NaN, low, high }, "b")}</td>
    <td class="r" title=${rate === null ? nothing : `${percentCell(rate)} % ${percents({ low, high })}`}>${right}</td>
    ${decisions.map((decision) => html`<td class="r sign">${count(part[decision])}</td>`)}
  </tr>`;
}
