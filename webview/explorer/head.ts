import { html, nothing, type TemplateResult } from "lit";
import { dropdown } from "../ui/fields";
import { plural } from "../ui/format";
import { icon } from "../ui/icons";
import type { Explorer } from "./explorer";
import type { Link } from "./protocol";

/** Model, mode, link, and the actions that go on from the node in hand. */
export function head(explorer: Explorer): TemplateResult {
  return html`<div class="head row wrap" data-region>
    ${model(explorer)} ${promptAs(explorer)} ${link(explorer)} ${compareWith(explorer)}
    <span class="sp"></span>
    ${actions(explorer)}
  </div>`;
}

function model(explorer: Explorer): TemplateResult {
  const { model: used } = explorer.state;
  const condition = modelCondition(explorer);
  return html`<div class="fld">
    <span class="lab"
      ><span id="model-label">Model</span
      >${condition === undefined ? nothing : html` · <span id="model-state">${condition}</span>`}</span
    >
    <button
      class="chip picker"
      id="model"
      aria-labelledby="model-label model-name"
      aria-describedby=${condition === undefined ? nothing : "model-state"}
      title=${used ? `${used.name}${used.build === "" ? "" : `, ${used.build}`}. Choose another one` : "Choose a model"}
      @click=${() => explorer.host.tell("pickModel", "own")}
    >
      <span id="model-name">${used?.name ?? "Choose a model…"}</span>${icon("expand")}
    </button>
  </div>`;
}

/** How it is with the model, in a word or two; undefined when there is none. */
function modelCondition({ state }: Explorer): string | undefined {
  const { model: used, busy, problem, file } = state;
  if (!used) return undefined;
  if (busy && /\bload/i.test(busy.message)) {
    return busy.fraction === null ? "loading" : `loading, ${Math.round(busy.fraction * 100)} %`;
  }
  if (problem?.kind === "error" && problem.actions.includes("restart")) return "ended";
  if (file.withoutModel) return "not loaded";
  return used.missing.next === null ? "ready" : "gives no probabilities";
}

function promptAs(explorer: Explorer): TemplateResult | typeof nothing {
  const { model: used, prompt } = explorer.state;
  if (!prompt) return nothing;
  const reason = used?.missing.chat ?? used?.missing.text;
  return html`<div title=${reason ?? nothing}>
    ${dropdown(
      "prompt-as",
      "Prompt as",
      [
        { value: "text", label: used?.missing.text ? "Raw document (not possible)" : "Raw document" },
        { value: "chat", label: used?.missing.chat ? "Chat (no template)" : "Chat, its own template" },
      ],
      prompt.as,
      (value) => {
        const blocked = value === "chat" ? used?.missing.chat : used?.missing.text;
        if (blocked) explorer.fail(new Error(blocked));
        else explorer.do("setPromptAs", value === "chat" ? "chat" : "text");
      },
    )}
  </div>`;
}

const linkWords: Readonly<Record<Link["kind"], string>> = {
  following: "follows the cursor",
  held: "held while there are branches",
  pinned: "stays at this place",
  none: "",
};

function link(explorer: Explorer): TemplateResult {
  const { kind, label, stale, selection } = explorer.state.link;
  const place = label ?? "typed here";
  const title = `${selection ? "The selection" : "The text up to the cursor"}: ${linkWords[kind]}${stale ? "; the text there has changed since" : ""}`;
  return html`<div class="fld">
    <span class="lab">Linked to</span>
    <div class="row link-row">
      ${
        label === null
          ? html`<span class="chip still"><span>${place}</span></span>`
          : html`<button class="chip" id="reveal" title=${title} @click=${() => explorer.do("revealPrompt")}>
              ${icon("link")}<span>${place}${stale ? " (changed)" : ""}</span>
            </button>`
      }
      ${
        kind === "following"
          ? html`<button class="link small" id="pin" title="Stay at this place" @click=${() => explorer.do("setLink", "pin")}>Pin</button>`
          : html`<button
              class="link small"
              id="follow"
              title="Take the text up to the cursor, and follow it; branches are left behind, Undo brings them back"
              @click=${() => explorer.do("setLink", "follow")}
            >
              Follow
            </button>`
      }
    </div>
  </div>`;
}

function compareWith(explorer: Explorer): TemplateResult | typeof nothing {
  const { prompt, rival, sampler } = explorer.state;
  if (!prompt || explorer.state.file.withoutModel) return nothing;
  const writing = explorer.view.other !== null;
  const value = writing ? "prompt" : rivalKind(explorer);
  return dropdown(
    "compare-with",
    "Compare with",
    [
      { value: "", label: "Nothing" },
      { value: "temperature", label: "Another temperature" },
      { value: "otherForm", label: prompt.as === "chat" ? "The same as raw document" : "The same as chat" },
      { value: "prompt", label: "Another prompt…" },
      { value: "model", label: "Another model…" },
    ],
    rival || writing ? value : "",
    (wanted) => {
      explorer.setView({ other: wanted === "prompt" ? prompt.text : null });
      if (wanted === "") explorer.do("compare", null);
      else if (wanted === "temperature") {
        explorer.do("compare", { with: "temperature", temperature: sampler.temperature >= 1 ? 0.5 : 1.5 });
      } else if (wanted === "model" || wanted === "otherForm") explorer.do("compare", { with: wanted });
    },
  );
}

/** What the other side differs in. */
export function rivalKind({ state }: Explorer): "" | "temperature" | "otherForm" | "prompt" | "model" {
  const other = state.rival;
  if (!other) return "";
  // A chat may need another model than the raw text: it is the form that was asked for all the same.
  if (other.prompt.as !== state.prompt?.as) return "otherForm";
  if (other.rival.model) return "model";
  return other.rival.prompt ? "prompt" : "temperature";
}

function actions(explorer: Explorer): TemplateResult {
  const { tree, canUndo, model: used } = explorer.state;
  const { growth } = explorer.view;
  const atRoot = !tree || tree.nodes[0]?.id === tree.hand;
  const missing = used?.missing.sample ?? undefined;
  return html`<div class="row actions">
    ${canUndo ? html`<button class="link" id="undo" @click=${() => explorer.do("undo")}>Undo</button>` : nothing}
    <vscode-button appearance="secondary" id="back" ?disabled=${atRoot} title="To the token before (Backspace)" @click=${() => explorer.back()}
      >Back</vscode-button
    >
    <vscode-button
      appearance="secondary"
      id="step"
      ?disabled=${!explorer.canGrow}
      title=${missing ?? "Draws one token with these settings"}
      @click=${() => explorer.grow({ how: explorer.state.sampler.temperature === 0 ? "greedy" : "draw", tokens: 1, count: 1 })}
      >Step</vscode-button
    >
    <vscode-button
      id="continue"
      ?disabled=${!explorer.canGrow}
      title=${missing ?? `${growthWords(growth)} (Ctrl+Enter)`}
      @click=${() => explorer.grow()}
      >Continue ${plural(growth.tokens * (growth.how === "greedy" ? 1 : growth.count), "token")}</vscode-button
    >
  </div>`;
}

export function growthWords({ how, tokens, count }: Explorer["view"]["growth"]): string {
  if (how === "greedy") return `The likeliest token each time, ${plural(tokens, "token")}`;
  if (how === "beam") return `The ${count} best paths kept at each step, ${plural(tokens, "token")} each`;
  return `${plural(count, "continuation")} drawn with these settings, ${plural(tokens, "token")} each`;
}
