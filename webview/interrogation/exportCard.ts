import { html, nothing, type TemplateResult } from "lit";
import { checkbox } from "../ui/checkbox";
import { count, plural } from "../ui/format";
import { labelledNumber, labelledWhole } from "../ui/slider";
import type { ExportOptions, ExportView } from "./figures";
import type { Interrogation } from "./interrogation";

/** The “I don’t know” set: how it is split, and what will be written, with counts. */
export function exportCard(panel: Interrogation): TemplateResult | typeof nothing {
  const view = panel.state.export;
  if (!view || panel.view.card !== "export") return nothing;
  const { options, train, validation, answers, refusals, files } = view;
  const set = (change: Partial<ExportOptions>) => {
    const wanted = { ...(panel.state.export?.options ?? options), ...change };
    // Shown at once; the host says what it comes to.
    panel.state = { ...panel.state, export: { ...view, options: wanted } };
    panel.do("setExport", wanted);
    panel.draw();
  };
  const one = files < 2;
  return html`<section class="card export" aria-label="Export" data-region>
    <p>
      Chat messages as fine-tuning tools take them: the model’s own right answers stay, what it makes up every time becomes
      “I don’t know”. Where each line comes from is written beside it.
    </p>
    <div class="row wrap fields">
      ${labelledNumber({
        id: "validation",
        label: "For validation, % of files",
        name: "For validation, percent of files",
        value: Math.round(options.validation * 100),
        min: 0,
        max: 50,
        step: 5,
        hint: one ? "One file cannot be split" : "Files are held out whole, so that no text is on both sides",
        disabled: one,
        change: (value) => set({ validation: value / 100 }),
      })}
      ${labelledWhole({
        id: "export-seed",
        label: "Seed of the split",
        value: options.seed,
        min: 0,
        max: 2 ** 32 - 1,
        hint: "Draws the files that are held out",
        disabled: one,
        change: (seed) => set({ seed }),
      })}
      ${checkbox({
        label: "Only what you accepted",
        id: "only-accepted",
        read: () => panel.state.export?.options.onlyAccepted ?? options.onlyAccepted,
        change: (onlyAccepted) => set({ onlyAccepted }),
      })}
    </div>
    ${written(view)}
    <div class="row wrap">
      <p class="sp small muted">
        ${plural(answers, "answer")}, ${plural(refusals, "refusal")}. Dropped questions and those left out are in none of the
        files. Nothing is overwritten without a question.
      </p>
      <button class="link" id="close-export" @click=${() => panel.setView({ card: "none" })}>Close</button>
      <vscode-button
        appearance="secondary"
        id="write-export"
        ?disabled=${train + validation === 0}
        title=${train + validation === 0 ? "There is no example to write" : "Asks for the folder"}
        @click=${() => panel.do("exportDataSet")}
        >Choose a folder and write…</vscode-button
      >
    </div>
  </section>`;
}

function written({ train, validation, files, heldOut }: ExportView): TemplateResult {
  const split = heldOut > 0;
  const from = (number: number) => `from ${plural(number, "file")}`;
  const rows: readonly (readonly [string, string])[] = [
    ["train.jsonl", `${plural(train, "example")}, ${from(files - heldOut)}`],
    ...(split ? [["validation.jsonl", `${plural(validation, "example")}, ${from(heldOut)}`] as const] : []),
    [
      split ? "train.provenance.jsonl, validation.provenance.jsonl" : "train.provenance.jsonl",
      "for each line its snippet, answers, seeds and marks",
    ],
    ["README.md", "the data card: how it was made, with which models, and counts by file"],
  ];
  return html`<table class="written" aria-label="What will be written">
    <tbody>
      ${rows.map(([name, what]) => html`<tr><td class="mono">${name}</td><td class="muted num">${what}</td></tr>`)}
    </tbody>
  </table>
  <p class="sr">${count(train + validation)} examples in all</p>`;
}
