import { runKeys } from "../runs/runKeys";
import type { Reasoning } from "./reasoning";
import { type Hand, sameSide } from "./sides";
import { changeStep } from "./stepChange";

/** The panel's keys. Keys of a list, a set of tabs or a field are theirs and do not get here. */
export function keys(event: KeyboardEvent, panel: Reasoning): void {
  runKeys(event, panel, { action: () => actionOf(event, panel) });
}

function actionOf(event: KeyboardEvent, panel: Reasoning): (() => void) | undefined {
  const inQuestion = (event.target as Element).closest("#question") !== null;
  const inPills =
    (event.target as Element).closest("[role=radiogroup], [role=tablist], vscode-dropdown, details") !== null;
  switch (event.key) {
    case "/":
      return () => panel.root.querySelector<HTMLElement>("#find")?.focus();
    case "p":
    case "P":
      return () => panel.setView({ paint: panel.view.paint === "probability" ? "none" : "probability" });
    case "e":
    case "E":
      return () => edit(panel);
    case "ArrowRight":
    case "ArrowLeft":
      return inQuestion && !inPills ? () => otherArm(panel, event.key === "ArrowRight" ? 1 : -1) : undefined;
    case "ArrowDown":
    case "ArrowUp":
      return inQuestion && !inPills ? () => otherStep(panel, event.key === "ArrowDown" ? 1 : -1) : undefined;
    default:
      return undefined;
  }
}

function edit(panel: Reasoning): void {
  const { examined } = panel;
  if (examined) changeStep(panel, examined.hand, examined.answer, panel.isHand(examined.hand) ? (panel.step ?? 0) : 0);
}

/** The next arm that has an answer, at its first step. */
function otherArm(panel: Reasoning, by: 1 | -1): void {
  const cells = panel.state.page?.cells.filter(({ arm, samples }) => panel.shows(arm) && samples.length > 0) ?? [];
  const at = cells.findIndex((cell) => sameSide(cell, panel.examined?.hand.side));
  const next = cells[(at + by + cells.length) % cells.length];
  if (!next) return;
  const sample = panel.sampleOf(next);
  hold(panel, { side: { model: next.model, arm: next.arm }, sample }, 0);
}

function otherStep(panel: Reasoning, by: 1 | -1): void {
  const { examined } = panel;
  if (!examined) return;
  const last = examined.answer.steps.length - 1;
  const from = panel.isHand(examined.hand) && panel.step !== undefined ? panel.step + by : by === 1 ? 0 : last;
  hold(panel, examined.hand, Math.min(last, Math.max(0, from)));
}

function hold(panel: Reasoning, hand: Hand, step: number): void {
  panel.hold(hand, step);
  requestAnimationFrame(() => panel.root.querySelector<HTMLElement>(".step.cur")?.focus());
}
