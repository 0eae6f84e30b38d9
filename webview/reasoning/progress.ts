import { html, nothing, type TemplateResult } from "lit";
import { runProgress } from "../runs/runProgress";
import { count } from "../ui/format";
import { soFar } from "./finding";
import type { Reasoning } from "./reasoning";

/** While answers come: how far it is, what it says so far, and two ways to stop. */
export function progress(panel: Reasoning): TemplateResult | typeof nothing {
  const { running, figures, busy } = panel.state;
  if (!running) return nothing;
  const models = panel.state.run?.models ?? [];
  const seen = models.flatMap(({ id, name }) => {
    const words = soFar(figures?.arms.filter(({ model }) => model === id) ?? [], panel.armName);
    return words ? [{ name, words }] : [];
  });
  return runProgress(
    {
      running,
      busy,
      name: `${count(running.done)} of ${count(running.total)} answers`,
      pause: () => panel.do("pause"),
      stop: () => panel.do("stop"),
    },
    html`${seen.map(
      ({ name, words }) => html`<p class="so-far">
        ${models.length > 1 ? html`<span class="muted">${name}: </span>` : nothing}<b>${words.key}</b> ${words.rest}
      </p>`,
    )}`,
  );
}
