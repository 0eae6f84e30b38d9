/** What the heads of panels are put together from: settings that unfold, and the button that asks with what it costs. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../ui/icons";
import { costWords } from "./words";

/** Parts of the settings of which one is unfolded. */
interface Drawers<Drawer extends string> {
  readonly view: { readonly drawer: Drawer };
  setView(change: { readonly drawer: Drawer }): void;
}

/** Unfolds a part of the settings, or folds it again. `look`: classes; "link" stands in a line of text. */
export function drawerButton<Drawer extends string>(
  panel: Drawers<Drawer | "none">,
  part: Exclude<Drawer, "none">,
  text: string,
  look: string,
): TemplateResult {
  const open = panel.view.drawer === part;
  return html`<button
    class=${look}
    id="open-${part}"
    aria-expanded=${open ? "true" : "false"}
    aria-controls=${open ? "drawer" : nothing}
    @click=${() => panel.setView({ drawer: open ? "none" : part })}
  >
    ${look === "link" ? text : html`<span>${text}</span>${icon("expand")}`}
  </button>`;
}

/** The settings in one line that unfolds. */
export function foldButton(
  panel: { unfolded: boolean; draw(): void },
  words: string,
  hint: string = "Settings",
): TemplateResult {
  return html`<button
    class="chip flat fold"
    id="fold-settings"
    aria-expanded=${panel.unfolded ? "true" : "false"}
    title=${hint}
    @click=${() => {
      panel.unfolded = !panel.unfolded;
      panel.draw();
    }}
  >
    ${icon("expand")}<span>${words}</span>
  </button>`;
}

interface FoldingPanel {
  readonly narrow: boolean;
  readonly state: { readonly run: object | null };
  unfolded: boolean;
  draw(): void;
}

interface Head {
  /** The settings in short. */
  readonly folded: string;
  readonly settings: () => TemplateResult;
  /** The button that asks. */
  readonly ask: TemplateResult;
}

/** Settings, and the button that asks. Narrow, after a run: the settings are one line that unfolds. */
export function foldingHead(panel: FoldingPanel, { folded, settings, ask }: Head): TemplateResult {
  const folds = panel.narrow && panel.state.run !== null;
  const fold = folds ? foldButton(panel, folded) : nothing;
  if (folds && !panel.unfolded) return html`<div class="head folded" data-region>${fold} ${ask}</div>`;
  return html`<div class="head" data-region>
    <div class="settings">${fold} ${settings()}</div>
    ${ask}
  </div>`;
}

interface Runnable {
  readonly canRun: boolean;
  readonly state: { readonly run: { readonly asSetUp: boolean } | null };
  run(): void;
  do(method: "useRunsSetup"): void;
}

interface RunButton {
  readonly words: string;
  readonly primary: boolean;
  /** What is missing where it cannot be run. */
  readonly missing: string;
  readonly cost: TemplateResult | typeof nothing;
}

/** The button that runs the setup, and a way back to the settings of the run that is shown. */
export function runButton(panel: Runnable, { words, primary, missing, cost }: RunButton): TemplateResult {
  const { run } = panel.state;
  return html`<div class="run">
    <vscode-button
      id="run"
      appearance=${primary ? "primary" : "secondary"}
      ?disabled=${!panel.canRun}
      title=${panel.canRun ? "Ctrl+Enter" : missing}
      @click=${() => panel.run()}
      >${words}</vscode-button
    >
    ${cost}
    ${
      run && !run.asSetUp
        ? html`<button class="link small" id="runs-setup" @click=${() => panel.do("useRunsSetup")}>Settings of the run below</button>`
        : nothing
    }
  </div>`;
}

/** "≈ 37,800 tokens, 50 s", with what that was reckoned from. */
export function forecastLine(
  forecast: { readonly tokens: number; readonly seconds: number | null; readonly basis: string } | null,
): TemplateResult | typeof nothing {
  if (!forecast) return nothing;
  return html`<p class="small muted num" id="forecast" title=${forecast.basis}>${costWords(forecast)}</p>`;
}
