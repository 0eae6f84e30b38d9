/** Takes what is being typed, which counts once its field is left. The focus comes back to it. */
export function commitField(): void {
  let field = document.activeElement;
  // The toolkit's fields hold the browser's own, whose cursor stays where it was.
  while (field?.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;
  if (!(field instanceof HTMLElement)) return;
  field.blur();
  field.focus({ preventScroll: true });
}
