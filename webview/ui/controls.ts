/**
 * The one file that knows where the controls come from. `@vscode/webview-ui-toolkit` is no longer developed;
 * `@vscode-elements/elements` has the same controls under the same names and can take its place here.
 */
import {
  provideVSCodeDesignSystem,
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

/** What an event of a text control, a dropdown or a checkbox came from. */
export function textOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

export function checkedOf(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}
