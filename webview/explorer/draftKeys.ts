/** Keys of a text that is being written: Ctrl+Enter takes it, Escape leaves it. The panel's own keys rest meanwhile. */
export function draftKeys(event: KeyboardEvent, { apply, close }: { apply(): void; close(): void }): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    apply();
  } else if (event.key === "Escape") close();
  event.stopPropagation();
}
