import { html, nothing, type TemplateResult } from "lit";
import type { Verdict } from "../runs/state";
import { textOf } from "../ui/controls";
import { pills } from "../ui/fields";
import type { AnswerView, QuestionPage } from "./questions";
import type { Reasoning } from "./reasoning";
import type { Hand } from "./sides";

const verdicts: readonly { readonly value: Verdict; readonly label: string }[] = [
  { value: "right", label: "Right" },
  { value: "wrong", label: "Wrong" },
  { value: "unparsed", label: "No answer" },
  { value: "refused", label: "Refused" },
];

/** How the answer was read, and a person's own reading of it, which stands before the grader's. */
export function corrections(
  panel: Reasoning,
  page: QuestionPage,
  hand: Hand,
  answer: AnswerView,
): TemplateResult | typeof nothing {
  if (page.answer === null) return nothing;
  const open = panel.isCorrecting(hand);
  const id = { ...hand.side, question: page.id, sample: hand.sample };
  return html`<div class="arm-note small muted row wrap">
    <span>${[answer.how === "" ? "" : `Read: ${answer.how}`, judgedWords(answer)].filter((part) => part !== "").join("; ")}</span>
    <button
      class="link"
      aria-expanded=${open ? "true" : "false"}
      @click=${() => {
        panel.correcting = open ? undefined : hand;
        panel.draw();
      }}
    >
      Correct…
    </button>
    ${
      open
        ? html`${pills("Your reading of this answer", verdicts, answer.verdict ?? undefined, (verdict) => panel.do("correct", { ...id, verdict }))}
          <vscode-text-field
            class="read-as"
            size="12"
            aria-label="What this answer says, in your reading"
            title="Where another number or word was meant: it is held against the reference as the grader does"
            placeholder="It says…"
            .value=${answer.extracted ?? ""}
            @change=${(event: Event) => {
              const text = textOf(event).trim();
              if (text !== "" && text !== answer.extracted) panel.do("readAs", { ...id, text });
            }}
          ></vscode-text-field>
          ${answer.corrected ? html`<button class="link" @click=${() => panel.do("correct", { ...id, verdict: null })}>As graded</button>` : nothing}`
        : nothing
    }
  </div>`;
}

/** What the judge said, both ways. */
function judgedWords({ judged }: AnswerView): string {
  if (!judged) return "";
  const words = { entailment: "entails", neutral: "is neutral to", contradiction: "contradicts", unclear: "(unclear)" };
  return `judged: it ${words[judged.forward]} the reference, which ${words[judged.backward]} it`;
}
