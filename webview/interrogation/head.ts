import { html, nothing, type TemplateResult } from "lit";
import { chosenModelChip, modelChip } from "../runs/modelChip";
import { samplesField } from "../runs/samplerFields";
import { drawerButton, foldButton, forecastLine, runButton } from "../runs/settingsHead";
import type { ModelView } from "../runs/state";
import { dropdown } from "../ui/fields";
import { plural } from "../ui/format";
import { icon } from "../ui/icons";
import type { Interrogation } from "./interrogation";
import type { Role } from "./protocol";
import type { Asker } from "./setup";

/** What is asked, of whom, and the button that asks it with what it costs. After a run it folds to one line. */
export function head(panel: Interrogation): TemplateResult {
  const folds = panel.state.run !== null;
  if (folds && !panel.unfolded) return html`<div class="head folded" data-region>${folded(panel)}</div>`;
  const { source } = panel.state;
  return html`<div class="head" data-region>
    <div class="settings">
      ${folds ? folded(panel) : nothing}
      <p class="small muted">
        ${source.looking ? "Reading the texts…" : source.label === "" ? "No text yet" : sourceWords(panel)}
        ${drawerButton(panel, "texts", source.label === "" ? "Choose a text…" : "Other texts…", "link")}
      </p>
      ${source.problem ? html`<p class="small caution-mark" role="note">${source.problem}</p>` : nothing}
      <div class="row wrap fields">
        ${chipOf(panel, panel.state.models.probed, "probed", "Who is asked")} ${asker(panel)} ${judge(panel)}
        ${answers(panel)} ${drawerButton(panel, "more", "More settings", "chip flat")}
      </div>
    </div>
    ${ask(panel)}
  </div>`;
}

function sourceWords(panel: Interrogation): TemplateResult {
  const { source } = panel.state;
  const left = source.refused.length;
  return html`${source.label}: <span title="Counted by ${source.tokenizer}">${plural(source.snippets, "snippet")}</span>${
    left > 0
      ? html`, <span title=${source.refused.map(({ name, why }) => `${name}: ${why}`).join("\n")}>${plural(left, "file")} left out</span>`
      : nothing
  }`;
}

const askers: Readonly<Record<Asker, string>> = {
  rules: "Rules, from the sentences",
  writer: "A model",
  hand: "You, by hand",
};

/** The settings in one line that unfolds: those of the run, and unfolded those of the next. */
function folded(panel: Interrogation): TemplateResult {
  const { run, models: next, setup } = panel.state;
  const { models, asker: by, samples } = run && !panel.unfolded ? run : { ...setup, models: next };
  const writers = { rules: "rules", writer: models.writer?.name ?? "a model", hand: "you" } as const;
  const words = [
    `asked: ${models.probed.name}`,
    `questions by ${writers[by]}`,
    models.judge ? `marked by words and ${models.judge.name}` : "marked by words",
    `${plural(samples, "answer")} each`,
  ];
  return foldButton(panel, words.join(" · "), panel.unfolded ? "Folds the settings" : (run?.settings ?? "Settings"));
}

function chipOf(panel: Interrogation, model: ModelView | null, role: Role, label: string): TemplateResult {
  return chosenModelChip(model, { id: `pick-${role}`, label, pick: () => panel.host.tell("pickModel", role) });
}

function asker(panel: Interrogation): TemplateResult {
  const { setup, models } = panel.state;
  const kinds = Object.keys(askers) as Asker[];
  return html`${dropdown(
    "asker",
    "Questions by",
    kinds.map((kind) => ({ value: kind, label: askers[kind] })),
    setup.asker,
    (value) => {
      if (value === setup.asker) return;
      if (value === "writer" && setup.writer === null) {
        panel.do("pickModel", "writer");
        // Who asks is what it was until a model is chosen.
        panel.draw();
      } else panel.set({ asker: value as Asker });
    },
  )}
  ${setup.asker === "writer" ? chipOf(panel, models.writer, "writer", "Writer") : nothing}`;
}

function judge(panel: Interrogation): TemplateResult {
  const { judge: model } = panel.state.models;
  if (model) {
    return html`${chipOf(panel, model, "judge", "Marked by words, else by")}<button
        class="mini"
        id="remove-judge"
        aria-label="Leave ${model.name} out"
        title="Words alone decide"
        @click=${() => panel.do("removeModel", "judge")}
      >
        ${icon("remove")}
      </button>`;
  }
  return modelChip({
    id: "pick-judge",
    label: "Marked by",
    name: "Words alone",
    hint: "An answer is right where it has the words of the text. A model can judge those that have other words.",
    pick: () => panel.host.tell("pickModel", "judge"),
  });
}

function answers(panel: Interrogation): TemplateResult {
  const { samples: value, sampler } = panel.state.setup;
  return samplesField({
    label: "Answers each",
    hint: "Answers to each question, without the text",
    samples: value,
    temperature: sampler.temperature,
    set: (next) => panel.set({ samples: next }),
  });
}

function ask(panel: Interrogation): TemplateResult | typeof nothing {
  const { run, running, forecast, source } = panel.state;
  if (running) return nothing;
  const again = run?.asSetUp && !panel.interrupted;
  const why = source.snippets === 0 ? "There is no text yet" : "A model to ask is needed";
  return runButton(panel, {
    words: again ? "Ask all again" : run ? "Ask with these settings" : "Ask",
    primary: false,
    missing: why,
    cost: forecastLine(forecast),
  });
}
