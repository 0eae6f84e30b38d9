/** F6 goes from region to region, Shift+F6 back. */
export function focusNextRegion(event: KeyboardEvent): void {
  if (event.key !== "F6") return;
  event.preventDefault();
  const root = event.currentTarget as HTMLElement;
  const regions = [...root.querySelectorAll<HTMLElement>("[data-region]")];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + (event.shiftKey ? -1 : 1) + regions.length) % regions.length];
  const target = next?.matches("[tabindex='0']")
    ? next
    : next?.querySelector<HTMLElement>("[tabindex='0'], vscode-button, vscode-text-field, button");
  target?.focus();
}
