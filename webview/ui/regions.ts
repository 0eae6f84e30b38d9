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

/** Focuses the region after (or before) the one that holds the focus, round and round. */
export function focusRegion(root: HTMLElement, step: 1 | -1): void {
  const regions = [...root.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.offsetParent !== null,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[at < 0 ? (step === 1 ? 0 : regions.length - 1) : (at + step + regions.length) % regions.length];
  const target = next?.matches("[tabindex='0']")
    ? next
    : next?.querySelector<HTMLElement>(
        "[tabindex='0'], vscode-button, vscode-dropdown, vscode-text-field, vscode-text-area, input, button",
      );
  target?.focus();
}
