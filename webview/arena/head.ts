import { html, nothing, type TemplateResult } from "lit";
import { mostContestants } from "../../src/experiments/arena/spec";
import { modelChip } from "../runs/modelChip";
import { drawerButton, foldingHead, runButton } from "../runs/settingsHead";
import { undoSetupButton } from "../runs/setupFields";
import { pills } from "../ui/fields";
import { plural } from "../ui/format";
import { icon } from "../ui/icons";
import type { Arena } from "./arena";
import { costWords } from "./costWords";

/** What is compared, and the button that asks it with what it costs. */
export function head(panel: Arena): TemplateResult {
  return foldingHead(panel, { folded: folded(panel), settings: () => settings(panel), ask: ask(panel) });
}

function settings(panel: Arena): TemplateResult {
  const { prompts, canUndo } = panel.state;
  return html`<p class="small muted">
      ${prompts.label === "" ? "No prompts yet" : prompts.label}
      ${drawerButton(panel, "prompts", "Write or choose prompts…", "link")}
      ${undoSetupButton(panel, canUndo)}
    </p>
    ${prompts.problem && prompts.count > 0 ? html`<p class="small caution-mark" role="note">${prompts.problem}</p>` : nothing}
    <div class="row wrap fields">
      ${panel.state.setup.contestants.map((_, place) => contestantChip(panel, place))} ${another(panel)}
    </div>
    <div class="row wrap fields">
      ${namesPills(panel)} ${drawerButton(panel, "contestants", "How they are asked", "chip flat")}
      ${drawerButton(panel, "more", "More settings", "chip flat")}
    </div>`;
}

/** The settings in short. */
function folded(panel: Arena): string {
  const { called, prompts } = panel.state;
  return `${called.join(" against ")} · ${plural(prompts.count, "prompt")}`;
}

function contestantChip(panel: Arena, place: number): TemplateResult {
  const { setup, models, called } = panel.state;
  const { id } = setup.contestants[place]!;
  const model = models[place];
  const name = model?.name ?? "Choose a model…";
  const label = called[place] === name ? "" : ` · ${called[place]}`;
  const there = model && !model.present ? " · not here" : "";
  return html`${modelChip({
    id: `contestant-${place}`,
    label: `${place === 0 ? "Compare" : "with"}${label}${there}`,
    name,
    hint: `${name}. Choose another one`,
    pick: () => panel.do("pickModel", id),
  })}
    ${
      setup.contestants.length > 2
        ? html`<button
            class="mini leave-out"
            aria-label="Leave ${called[place]} out"
            title="Leave ${called[place]} out"
            @click=${() => panel.do("removeContestant", id)}
          >
            ${icon("remove")}
          </button>`
        : nothing
    }`;
}

function another(panel: Arena): TemplateResult | typeof nothing {
  if (panel.state.setup.contestants.length >= mostContestants) return nothing;
  return html`<button
    class="link small another"
    id="add-contestant"
    title="The same model may be compared with itself, asked in another way"
    @click=${() => panel.do("addContestant")}
  >
    and another…
  </button>`;
}

function namesPills(panel: Arena): TemplateResult {
  return html`<div class="fld">
    <span class="lab" aria-hidden="true">Who wrote it</span>
    ${pills(
      "Who wrote it",
      [
        { value: "always", label: "Side by side", hint: "Names are shown; nothing is voted on" },
        { value: "afterVote", label: "Hidden until each vote", hint: "You see who wrote what after each vote" },
        {
          value: "atEnd",
          label: "Hidden to the end",
          hint: "Nobody’s way of writing can be learnt from earlier votes: the fairest",
        },
      ],
      panel.state.setup.names,
      (names) => panel.set({ names }),
    )}
  </div>`;
}

function ask(panel: Arena): TemplateResult {
  const { run, running, cost, prompts, pair, voting } = panel.state;
  // Before the first run the button stands on the empty page.
  if (running || !run) return html``;
  const again = run.asSetUp && !panel.interrupted;
  // One primary button a panel: while there are votes to give it is theirs.
  const elsewhere = (pair && !voting?.closed) || panel.interrupted;
  const words = again ? "Run again" : panel.interrupted ? "Start anew" : "Run with these settings";
  return runButton(panel, {
    words,
    primary: !again && !elsewhere,
    missing: prompts.count === 0 ? "There are no prompts yet" : "A model is missing",
    cost: cost ? html`<p class="small muted num" id="cost">${costWords(cost)}</p>` : nothing,
  });
}
