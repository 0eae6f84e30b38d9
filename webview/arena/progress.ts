import { nothing, type TemplateResult } from "lit";
import { runProgress } from "../runs/runProgress";
import { count } from "../ui/format";
import type { Arena } from "./arena";

/** While answers come: how far it is and two ways to stop. Of hidden contestants it counts pairs, and no tokens. */
export function progress(panel: Arena): TemplateResult | typeof nothing {
  const { running, busy, run } = panel.state;
  if (!running || !run) return nothing;
  const hidden = run.names !== "always";
  return runProgress({
    running,
    busy,
    name: `${count(running.done)} of ${count(running.total)} ${hidden ? "pairs" : "answers"} written`,
    quiet: hidden,
    pause: () => panel.do("pause"),
    stop: () => panel.do("stop"),
  });
}
