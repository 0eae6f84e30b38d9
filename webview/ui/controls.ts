/**
 * The one file that knows where the controls come from. `@vscode/webview-ui-toolkit` is no longer developed;
 * `@vscode-elements/elements` has the same controls under the same names and can take its place here.
 */
import {
  Checkbox,
  Option,
  provideVSCodeDesignSystem,
  TextArea,
  TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";

/** Defines the elements vscode-button, -checkbox, -dropdown, -option, -progress-ring, -text-area and -text-field. */
export function defineControls(): void {
  for (const { prototype } of [Checkbox, Option, TextArea, TextField]) keepName(prototype);
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

/**
 * The toolkit names these controls when they come into the page, whatever name they have: a field “Text field”, a checkbox as
 * its text was then. Instead they keep their own name, and follow their text where they have none.
 */
function keepName(prototype: HTMLElement & { connectedCallback(): void }): void {
  const { connectedCallback } = prototype;
  prototype.connectedCallback = function (this: HTMLElement): void {
    const name = this.getAttribute("aria-label");
    connectedCallback.call(this);
    if (name === null) this.removeAttribute("aria-label");
    else this.setAttribute("aria-label", name);
  };
}

/** What an event of a text control, a dropdown or a checkbox came from. */
export function textOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

export function checkedOf(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}
