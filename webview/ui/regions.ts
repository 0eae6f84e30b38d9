import { regionStep } from "./regionMessage";

/**
 * Going from region to region of a panel (F6, Shift+F6). VS Code takes F6 for itself before a webview can, so it is a
 * keybinding of ours that sends a message to the panel in front.
 */

/** Listens for the message as long as the page lives. Regions are the elements with `data-region`, in page order. */
export function followRegionKeys(root: HTMLElement): void {
  window.addEventListener("message", ({ data, origin }) => {
    const step = origin === window.origin ? regionStep(data) : undefined;
    if (step !== undefined) focusRegion(root, step);
  });
}

/** Focuses the region after (or before) the one that holds the focus, round and round; what cannot take it is left out. */
export function focusRegion(root: HTMLElement, step: 1 | -1): void {
  const regions = [...root.querySelectorAll<HTMLElement>("[data-region]")].filter((region) => region.checkVisibility());
  if (step === -1) regions.reverse();
  const holds = (region: HTMLElement) => region.contains(document.activeElement);
  // Regions hold regions: the innermost counts, which stands after those that hold it.
  const at = step === 1 ? regions.findLastIndex(holds) : regions.findIndex(holds);
  const ahead = [...regions.slice(at + 1), ...regions.slice(0, at + 1)];
  ahead
    .map(entryOf)
    .find((entry) => entry !== undefined)
    ?.focus();
}

/** What takes the focus from the keyboard. */
const controls =
  ":is([tabindex='0'], summary, input, button, vscode-button, vscode-dropdown, vscode-text-field, vscode-text-area):not([disabled], [tabindex='-1'])";

/** What of a region takes the focus: itself, its first control that is in no region of its own, or else its whole. */
function entryOf(region: HTMLElement): HTMLElement | undefined {
  if (region.matches(controls)) return region;
  const own = [...region.querySelectorAll<HTMLElement>(controls)].find(
    (control) => control.closest("[data-region]") === region && control.checkVisibility(),
  );
  return own ?? (region.hasAttribute("tabindex") ? region : undefined);
}
