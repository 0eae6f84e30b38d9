import { runKeys } from "../runs/runKeys";
import type { Interrogation } from "./interrogation";

/** The panel's keys. Keys of tabs, fields and drop-downs are theirs and do not get here. */
export function keys(event: KeyboardEvent, panel: Interrogation): void {
  runKeys(event, panel, {
    action: () => actionOf(event, panel),
    escape: () => {
      if (panel.draft) panel.cancelDraft();
    },
  });
}

function actionOf(event: KeyboardEvent, panel: Interrogation): (() => void) | undefined {
  if (!panel.state.run) return undefined;
  const target = event.target as Element;
  const inList = target.closest("#questions") !== null;
  const total = panel.state.list?.total ?? 0;
  const { page } = panel.state;
  if (/^[1-9]$/.test(event.key)) {
    const answer = page?.answers[Number(event.key) - 1];
    return answer && (() => panel.changeMark(answer.sample));
  }
  // Arrows scroll elsewhere; in the list and on a question they move as J and K do.
  const arrows = inList || target.closest("#question") !== null;
  switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
    case "a":
      return page ? () => panel.review("accepted") : undefined;
    case "d":
      return page ? () => panel.review("dropped") : undefined;
    case "f":
      return page ? () => panel.fix() : undefined;
    case "u":
      return panel.state.undo === null ? undefined : () => panel.do("undo");
    case "p":
      return page ? () => panel.setView({ tinted: !panel.view.tinted }) : undefined;
    case "/":
      return () => panel.root.querySelector<HTMLElement>("#find")?.focus();
    case "j":
      return () => panel.do("step", 1);
    case "k":
      return () => panel.do("step", -1);
    case "ArrowDown":
      return arrows ? () => panel.do("step", 1) : undefined;
    case "ArrowUp":
      return arrows ? () => panel.do("step", -1) : undefined;
    case "Home":
      return inList ? () => panel.do("step", -total) : undefined;
    case "End":
      return inList ? () => panel.do("step", total) : undefined;
    case "Enter":
      return inList && target.matches("#questions")
        ? () => panel.root.querySelector<HTMLElement>("#question")?.focus()
        : undefined;
    default:
      return undefined;
  }
}
