import { html, nothing, type TemplateResult } from "lit";
import { drawerButton } from "../runs/settingsHead";
import { limitField } from "../runs/setupFields";
import { textOf } from "../ui/controls";
import { dropdown } from "../ui/fields";
import { count, plural } from "../ui/format";
import { labelledWhole } from "../ui/slider";
import type { Probe } from "./probe";
import type { SetId, Source } from "./setup";

export const setNames: Readonly<Record<SetId, string>> = {
  famousPeople: "Famous people",
  capitals: "Capitals",
  elements: "Elements",
  inventedPeople: "Invented people",
};

const kinds: Readonly<Record<Source["kind"], string>> = {
  question: "A question",
  entity: "A name",
  claims: "Claims of a text",
  file: "A file of questions",
  set: "A ready set",
  calibration: "Calibration",
};

/** What is asked about, by its kind. */
export function sourceKind(panel: Probe): TemplateResult {
  const { source } = panel.state.setup;
  const all = Object.keys(kinds) as Source["kind"][];
  return dropdown(
    "source",
    "Ask",
    all.map((kind) => ({ value: kind, label: kinds[kind] })),
    source.kind,
    (value) => {
      if (value !== source.kind) choose(panel, value as Source["kind"]);
    },
  );
}

/** Turns to another kind; what was typed goes along where it can. */
export function choose(panel: Probe, kind: Source["kind"]): void {
  const { source } = panel.state.setup;
  const reference = source.kind === "question" || source.kind === "entity" ? source.reference : "";
  switch (kind) {
    case "question":
      panel.set({ source: { kind, text: "", reference, from: null } });
      break;
    case "entity":
      panel.set({ source: { kind, name: "", entityKind: "person", reference, from: null } });
      break;
    case "claims":
      panel.set({ source: { kind, from: null, claims: [] } });
      panel.setView({ drawer: "claims" });
      break;
    case "file":
      panel.do("openQuestions");
      panel.draw();
      break;
    case "set":
      panel.set({ source: { kind, id: "famousPeople", limit: null } });
      break;
    case "calibration":
      panel.set({ source: { kind, each: 30 } });
  }
}

/** The fields of that kind, in the same row. */
export function sourceFields(panel: Probe): TemplateResult {
  const { source } = panel.state.setup;
  switch (source.kind) {
    case "question":
      return html`${lineField(panel, `Question${source.from === null ? "" : `, from ${source.from}`}`, source.text, "Who was Marie Curie?")}
      ${referenceField(panel, source)}`;
    case "entity":
      return html`${lineField(panel, `Name${source.from === null ? "" : `, from ${source.from}`}`, source.name, "Marie Curie")}
      ${dropdown(
        "entity-kind",
        "It is",
        [
          { value: "person", label: "a person" },
          { value: "place", label: "a place" },
          { value: "element", label: "an element" },
        ],
        source.entityKind,
        (value) => {
          if (value === source.entityKind) return;
          if (value === "person" || value === "place" || value === "element") {
            panel.set({ source: { ...source, entityKind: value } });
          }
        },
      )}
      ${referenceField(panel, source)}`;
    case "claims":
      return html`<div class="fld">
        <span class="lab">${source.from === null ? "Claims" : `Claims of ${source.from}`}</span>
        ${drawerButton(panel, "claims", `${count(source.claims.filter(({ on }) => on).length)} of ${count(source.claims.length)}`, "chip field")}
      </div>`;
    case "file":
      return html`<p class="of-source">
          <b>${source.name}</b>
          <span class="muted"
            >${plural(panel.state.asked.questions, "question")}, ${count(panel.state.asked.withReference)} with an
            answer</span
          >
          <button class="link" id="other-file" @click=${() => panel.do("openQuestions")}>Another file…</button>
        </p>
        ${limit(panel, source)}`;
    case "set":
      return html`${dropdown(
        "set",
        "Set",
        (Object.keys(setNames) as SetId[]).map((id) => ({ value: id, label: setNames[id] })),
        source.id,
        (value) => {
          const id = (Object.keys(setNames) as SetId[]).find((each) => each === value);
          if (id && id !== source.id) panel.set({ source: { ...source, id } });
        },
      )}
      ${limit(panel, source)}
      ${
        source.id !== "inventedPeople" && source.limit === null
          ? html`<p class="of-source small muted">The best known of them are held back as controls.</p>`
          : nothing
      }`;
    case "calibration":
      return html`${labelledWhole({
        ...{ id: "each", label: "Names of each class", value: source.each, min: 1, max: 200 },
        hint: "Of each class of exposure, and as many invented ones",
        change: (each) => panel.set({ source: { kind: "calibration", each } }),
      })}
                <p class="of-source small muted">How far each score can be trusted on this model: names it has seen, and made-up ones.</p>`;
  }
}

/** A line that is asked with Enter. */
function lineField(panel: Probe, label: string, value: string, placeholder: string): TemplateResult {
  return html`<div class="fld line">
    <label for="question">${label}</label>
    <vscode-text-field
      id="question"
      aria-label=${label}
      placeholder=${placeholder}
      .value=${value}
      @input=${(event: Event) => typed(panel, { line: textOf(event) })}
      @keydown=${(event: KeyboardEvent) => askOnEnter(event, panel)}
    ></vscode-text-field>
  </div>`;
}

function referenceField(panel: Probe, { reference }: { readonly reference: string }): TemplateResult {
  return html`<div class="fld reference">
    <label for="reference">Right answer, if known</label>
    <vscode-text-field
      id="reference"
      aria-label="Right answer, if known"
      title="Answers that hold these words are right; a judge, where there is one, is asked about the others. Without them, knowing and being consistently wrong look the same"
      .value=${reference}
      @input=${(event: Event) => typed(panel, { reference: textOf(event) })}
      @keydown=${(event: KeyboardEvent) => askOnEnter(event, panel)}
    ></vscode-text-field>
  </div>`;
}

/** Changes what holds now, not when the field was drawn: two fields may change within a frame. */
function typed(panel: Probe, change: { readonly line?: string; readonly reference?: string }): void {
  const { source } = panel.state.setup;
  if (source.kind !== "question" && source.kind !== "entity") return;
  const { line, reference = source.reference } = change;
  const from = line === undefined ? source.from : null;
  if (source.kind === "question") panel.type({ source: { ...source, text: line ?? source.text, reference, from } });
  else panel.type({ source: { ...source, name: line ?? source.name, reference, from } });
}

function askOnEnter(event: KeyboardEvent, panel: Probe): void {
  if (event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  panel.run();
}

function limit(panel: Probe, source: Extract<Source, { kind: "file" | "set" }>): TemplateResult {
  return limitField({
    id: "limit",
    size: 6,
    limit: source.limit,
    set: (next) => panel.set({ source: { ...source, limit: next } }),
    fail: (error) => panel.fail(error),
  });
}
