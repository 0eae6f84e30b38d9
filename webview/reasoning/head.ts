import { html, nothing, type TemplateResult } from "lit";
import type { ReasoningSpec } from "../../src/experiments/reasoning/spec";
import { chosenModelChip } from "../runs/modelChip";
import { samplesField } from "../runs/samplerFields";
import { drawerButton, foldingHead, forecastLine, runButton } from "../runs/settingsHead";
import type { ModelView } from "../runs/state";
import { dropdown } from "../ui/fields";
import { plural } from "../ui/format";
import { icon } from "../ui/icons";
import type { Reasoning } from "./reasoning";
import type { Setup } from "./setup";

/** What is asked, and the button that asks it with what it costs. */
export function head(panel: Reasoning): TemplateResult {
  return foldingHead(panel, { folded: folded(panel), settings: () => settings(panel), ask: ask(panel) });
}

function settings(panel: Reasoning): TemplateResult {
  return html`<p class="small muted">
      ${panel.state.questions.label === "" ? "No questions yet" : panel.state.questions.label}
      ${drawerButton(panel, "questions", otherQuestions[panel.state.setup.source.kind], "link")}
    </p>
    ${panel.state.questions.problem ? html`<p class="small caution-mark" role="note">${panel.state.questions.problem}</p>` : nothing}
    <div class="row wrap fields">
      ${models(panel)} ${arms(panel)} ${samples(panel)} ${graders(panel)} ${judge(panel)}
      ${drawerButton(panel, "more", "More settings", "chip flat")}
    </div>`;
}

/** What else can be asked, beside what is. */
const otherQuestions: Readonly<Record<Setup["source"]["kind"], string>> = {
  generated: "Use a file or one question…",
  one: "Use a file or generated problems…",
  file: "Use other questions…",
  run: "Use other questions…",
};

/** The settings in short. */
function folded(panel: Reasoning): string {
  const { models: asked, setup, questions } = panel.state;
  const on = setup.arms.filter((each) => each.on).length;
  const names = asked.map(({ name }) => name).join(" against ");
  return `${names} · ${plural(on, "arm")} · ${plural(questions.count, "question")}`;
}

function models(panel: Reasoning): TemplateResult {
  const [first, second] = panel.state.models;
  return html`${modelField(panel, first, 0, "Model")}
  ${
    second
      ? html`${modelField(panel, second, 1, "Against")}<button
            class="mini"
            id="remove-model"
            aria-label="Leave ${second.name} out"
            title="Leave ${second.name} out"
            @click=${() => panel.do("removeSecondModel")}
          >
            ${icon("remove")}
          </button>`
      : html`<button
          class="link small"
          id="second-model"
          title="Asks a second model the same questions, and compares question by question"
          @click=${() => panel.do("pickModel", 1)}
        >
          and a second…
        </button>`
  }`;
}

function modelField(
  panel: Reasoning,
  model: ModelView | undefined,
  place: 0 | 1 | "judge",
  label: string,
): TemplateResult {
  return chosenModelChip(model, { id: `model-${place}`, label, pick: () => panel.do("pickModel", place) });
}

function arms(panel: Reasoning): TemplateResult {
  const all = panel.state.setup.arms;
  const on = all.filter((each) => each.on).length;
  return html`<div class="fld">
    <span class="lab" id="arms-label">Arms</span>
    <div class="arms-chip" role="group" aria-labelledby="arms-label">
      ${drawerButton(panel, "arms", `${on} of ${all.length}`, "chip field")}
    </div>
  </div>`;
}

function samples(panel: Reasoning): TemplateResult {
  const { samples: value, sampler } = panel.state.setup;
  return samplesField({
    label: "Samples each",
    hint: "Answers to each question in each arm",
    samples: value,
    temperature: sampler.temperature,
    set: (next) => panel.set({ samples: next }),
  });
}

const graderNames: Readonly<Record<ReasoningSpec["grader"]["kind"], string>> = {
  number: "Number after “Answer:”",
  text: "Exact text",
  choice: "Letter of a choice",
  pattern: "Regular expression",
  meaning: "Same meaning (a model judges)",
};

function graders(panel: Reasoning): TemplateResult {
  const { grader } = panel.state.setup;
  const kinds = Object.keys(graderNames) as (keyof typeof graderNames)[];
  return dropdown(
    "grader",
    "Graded by",
    kinds.map((kind) => ({ value: kind, label: graderNames[kind] })),
    grader.kind,
    (value) => {
      if (value === grader.kind) return;
      if (value === "choice") panel.set({ grader: { kind: "choice", choices: 4 } });
      else if (value === "pattern") {
        panel.set({ grader: { kind: "pattern", pattern: "Answer: (.+)" } });
        panel.setView({ drawer: "more" });
      } else if (value === "meaning") {
        panel.set({ grader: { kind: "meaning", judge: panel.state.setup.models[0]! } });
      } else if (value === "number" || value === "text") panel.set({ grader: { kind: value } });
    },
  );
}

/** The model that says whether an answer means the reference: asked both ways where its words differ. */
function judge(panel: Reasoning): TemplateResult | typeof nothing {
  const { judge: model, setup } = panel.state;
  return model && setup.grader.kind === "meaning" ? modelField(panel, model, "judge", "Judged by") : nothing;
}

function ask(panel: Reasoning): TemplateResult {
  const { run, running, forecast, questions } = panel.state;
  if (running) return html``;
  const again = run?.asSetUp && !panel.interrupted;
  // One primary button a panel: before the first run it stands on the empty page.
  const primary = run !== null && !again && !panel.interrupted;
  const none = questions.count === 0 ? "There are no questions yet" : "A model and at least one arm are needed";
  return runButton(panel, {
    words: again ? "Run again" : run && !panel.interrupted ? "Run with these settings" : run ? "Start anew" : "Run",
    primary,
    missing: none,
    cost: forecastLine(forecast),
  });
}
