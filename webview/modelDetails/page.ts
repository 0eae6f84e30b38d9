import { html, nothing, type TemplateResult } from "lit";
import { tabs } from "../ui/fields";
import { count } from "../ui/format";
import { metadataView } from "./metadataView";
import type { ModelDetails } from "./modelDetails";
import { overview } from "./overview";
import type { ModelFile, Section, Summary } from "./protocol";
import { tensorsView } from "./tensorsView";
import { tokenizerView } from "./tokenizerView";
import { bytes, parameters, speed } from "./units";

const sections: readonly { readonly value: Section; readonly label: string }[] = [
  { value: "overview", label: "Overview" },
  { value: "tensors", label: "Tensors" },
  { value: "tokenizer", label: "Tokenizer and template" },
  { value: "metadata", label: "Metadata" },
];

/** The whole page: what the model is in a sentence, what can be done with it, and one section. */
export function page(details: ModelDetails): TemplateResult {
  const { summary, file } = details;
  return html`<main class="panel">
    ${details.failure === undefined ? nothing : failure(details)}
    ${summary === null ? gone() : summary === undefined ? html`<p class="find">&nbsp;</p>` : head(details, summary)}
    ${
      file.kind === "read" && summary
        ? html`${tabs("Parts of the details", "section", sections, details.section, (value) => details.show(value))}
            <div id="section" role="tabpanel" aria-labelledby="tab-${details.section}" data-region tabindex="0">
              ${section(details, summary, file.file)}
            </div>`
        : summary
          ? withoutFile(details, summary)
          : nothing
    }
    <div class="sr" role="status">${details.announcement}</div>
  </main>`;
}

function section(details: ModelDetails, summary: Summary, file: ModelFile): TemplateResult {
  switch (details.section) {
    case "overview":
      return overview(summary, file);
    case "tensors":
      return tensorsView(details, file);
    case "tokenizer":
      return tokenizerView(details, file);
    case "metadata":
      return metadataView(details, summary, file);
  }
}

function withoutFile(details: ModelDetails, summary: Summary): TemplateResult {
  const { file } = details;
  if (file.kind === "reading") return html`<p class="muted">Reading the file…</p>`;
  return html`${
    file.kind === "unreadable"
      ? html`<div class="note error" role="alert">
          <p class="sp"><b>The file cannot be read.</b> ${file.reason}</p>
          <button class="link" @click=${() => void details.readFile()}>Read again</button>
        </div>`
      : html`<p class="muted">
          This model has no file here: tensors, tokenizer and memory are known where it runs, at ${summary.location}.
        </p>`
  }
  ${overview(summary, undefined)}`;
}

function head(details: ModelDetails, summary: Summary): TemplateResult {
  const file = details.file.kind === "read" ? details.file.file : undefined;
  return html`<header data-region>
    <h1>${summary.name} <span class="muted">${kinds[summary.kind]}</span></h1>
    <p class="find">${finding(summary, file)}</p>
    <p class="muted about">${summary.description}</p>
    <div class="row wrap actions">${actions(details, summary)}</div>
    ${stateLine(details, summary)}
  </header>`;
}

const kinds = { builtIn: "built in", gguf: "on this machine", served: "served", editor: "from VS Code" } as const;

/** What it is: size of the model, of its file and of its context. */
function finding(summary: Summary, file: ModelFile | undefined): TemplateResult {
  if (file)
    return html`<b>${parameters(file.parameters)} parameters</b>, ${file.architecture}, ${file.quantization},
      ${bytes(file.bytes)}${file.contextSize === null ? nothing : html`; trained for ${count(file.contextSize)} tokens`}`;
  const { state } = summary;
  const context = state.kind === "ready" ? state.contextSize : null;
  return context === null
    ? html`<b>${summary.location}</b>`
    : html`<b>${count(context)} tokens</b> of context, ${summary.location}`;
}

function actions(details: ModelDetails, { state, defaults, kind }: Summary): TemplateResult {
  const local = kind === "builtIn" || kind === "gguf";
  return html`${
    state.kind === "ready"
      ? html`<vscode-button appearance="secondary" @click=${() => details.run("unload")}>Unload</vscode-button>`
      : state.kind === "loading"
        ? html`<vscode-button appearance="secondary" @click=${() => details.run("unload")}>Cancel</vscode-button>`
        : html`<vscode-button @click=${() => details.run("load")}>
            ${state.kind === "failed" ? "Restart" : "Load"}
          </vscode-button>`
  }
  ${(["base", "chat", "judge"] as const).map((role) =>
    defaults.includes(role)
      ? html`<span class="chip-on">Default for ${roleWords[role]}</span>`
      : html`<button class="link" @click=${() => details.setDefault(role)}>Use for ${roleWords[role]}</button>`,
  )}
  <span class="sp"></span>
  ${
    local
      ? html`<button class="link" @click=${() => details.run("reveal")}>Reveal file</button>
          <button class="link" @click=${() => details.run("copyPath")}>Copy path</button>`
      : nothing
  }`;
}

const roleWords = { base: "texts", chat: "chats", judge: "judging" } as const;

function stateLine(details: ModelDetails, { state }: Summary): TemplateResult | typeof nothing {
  switch (state.kind) {
    case "notLoaded":
      return nothing;
    case "loading":
      return html`<p class="state row">
        <vscode-progress-ring aria-label="Loading"></vscode-progress-ring>
        Loading${state.fraction === null ? nothing : `, ${Math.floor(state.fraction * 100)} %`}
        <span class="muted">${state.message}</span>
      </p>`;
    case "ready":
      return html`<div class="state">
        <p><b>Running</b> on ${state.device}</p>
        <p class="muted">${runningFacts(state).join(" · ")}</p>
        <p class="muted small">${state.build}</p>
      </div>`;
    case "failed":
      return html`<div class="note error" role="alert">
        <div class="sp">
          <p><b>It is not running.</b> ${state.message}</p>
          ${state.details === null ? nothing : html`<pre class="log" tabindex="0">${state.details}</pre>`}
        </div>
        <button class="link" @click=${() => details.run("showLog")}>Show log</button>
      </div>`;
  }
}

function runningFacts(state: Extract<Summary["state"], { kind: "ready" }>): string[] {
  return [
    ...(state.memoryBytes === null ? [] : [`${bytes(state.memoryBytes)} of memory`]),
    ...(state.contextSize === null ? [] : [`${count(state.contextSize)} tokens of context`]),
    state.tokensPerSecond === null
      ? "speed is measured when it samples"
      : `${speed(state.tokensPerSecond)} when it last sampled`,
  ];
}

function gone(): TemplateResult {
  return html`<p class="find">This model is not in the list any more.</p>
    <p class="muted">Its file was removed from the list, its server was, or this workspace is not trusted.</p>`;
}

function failure(details: ModelDetails): TemplateResult {
  return html`<div class="note error" role="alert">
    <p class="sp">${details.failure}</p>
    <button class="link" @click=${() => details.run("showLog")}>Show log</button>
  </div>`;
}
