import { html, nothing, type TemplateResult } from "lit";
import { runProgress } from "../runs/runProgress";
import { count } from "../ui/format";
import type { Probe } from "./probe";
import { verdictNames, verdictOrder } from "./verdictWords";

/** While answers come: how far it is, what it says so far, and two ways to stop. */
export function progress(panel: Probe): TemplateResult | typeof nothing {
  const { running, busy, run } = panel.state;
  if (!running) return nothing;
  const { done, total } = running;
  const soFar = soFarWords(panel);
  return runProgress(
    {
      running,
      busy,
      name: `${count(done)} of ${count(total)} questions${run && run.known + run.invented > 0 ? " and controls" : ""}`,
      pause: () => panel.do("pause"),
      stop: () => panel.do("stop"),
    },
    soFar === "" ? nothing : html`<p class="so-far">${soFar}</p>`,
  );
}

/** "So far: knows 3, guesses 2. Verdicts stand when the controls are in." */
function soFarWords({ state: { figures, run } }: Probe): string {
  if (!figures || !run) return "";
  const seen = verdictOrder.filter((verdict) => figures.verdicts[verdict] > 0 && verdict !== "cannotTell");
  const words = seen.map((verdict) => `${verdictNames[verdict].toLowerCase()} ${count(figures.verdicts[verdict])}`);
  const counts = run.questions > 1 && words.length > 0 ? `So far: ${words.join(", ")}. ` : "";
  return run.known + run.invented > 0 ? `${counts}Verdicts stand when the controls are in.` : counts;
}
