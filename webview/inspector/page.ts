import { html, nothing, type TemplateResult } from "lit";
import { tabs } from "../ui/fields";
import { chatView } from "./chatView";
import { compareView } from "./compareView";
import type { Inspector } from "./inspector";
import type { Mode } from "./protocol";
import { tokensView } from "./tokensView";
import { vocabularyView } from "./vocabularyView";

const modes: readonly { readonly value: Mode; readonly label: string }[] = [
  { value: "tokens", label: "Tokens" },
  { value: "compare", label: "Compare" },
  { value: "chat", label: "Chat" },
  { value: "vocabulary", label: "Vocabulary" },
];
const views: Readonly<Record<Mode, (inspector: Inspector) => TemplateResult>> = {
  tokens: tokensView,
  compare: compareView,
  chat: chatView,
  vocabulary: vocabularyView,
};

/** The whole panel. */
export function page(inspector: Inspector): TemplateResult {
  const { mode } = inspector.state;
  return html`<main class="panel">
    <h1 class="sr">Token inspector</h1>
    ${tabs("What to look at", "view", modes, mode, (value) => inspector.setMode(value))}
    ${inspector.failure === undefined ? nothing : failure(inspector)}
    <div id="view" class="view view-${mode}" role="tabpanel" aria-labelledby="tab-${mode}">${views[mode](inspector)}</div>
    <div class="sr" role="status">${inspector.announcement}</div>
  </main>`;
}

function failure(inspector: Inspector): TemplateResult {
  return html`<div class="note error" role="alert">
    <p class="sp">${inspector.failure}</p>
    <button class="link" @click=${() => inspector.host.tell("showLog")}>Show log</button>
  </div>`;
}
