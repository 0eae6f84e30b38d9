import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { checkedOf, textOf } from "../ui/controls";
import { dropdown, settle } from "../ui/fields";
import { count, percent, plural } from "../ui/format";
import { icon } from "../ui/icons";
import { detailsView } from "./detailsView";
import type { Inspector } from "./inspector";
import type { ChatMessage } from "./protocol";
import { linked } from "./sourceFields";
import { stripView } from "./stripView";
import { layerBoxes, tokenizerField } from "./tokensView";

const roles = ["system", "user", "assistant", "tool"];

/** Messages, and the prompt a chat template makes of them with its special tokens. */
export function chatView(inspector: Inspector): TemplateResult {
  const { chat } = inspector.state;
  const templates = inspector.templates.map(({ name, label }) => ({ value: name, label }));
  return html`<div class="head row wrap" data-region>
      ${dropdown("template", "Chat template", templates, chat.template, (template) => inspector.setChat({ template }))}
      ${tokenizerField(inspector, "The template’s own")} ${chat.fromFile ? linked(inspector) : nothing}
      <span class="sp"></span>
      ${layerBoxes(inspector)}
    </div>
    ${finding(inspector)}
    <div class="chat">
      <div class="messages" data-region>${messages(inspector)}</div>
      <div class="work">${stripView(inspector, "Tokens of the rendered prompt")} ${detailsView(inspector)}</div>
    </div>`;
}

function finding({ summary }: Inspector): TemplateResult {
  const lane = summary?.lanes[0];
  if (!summary?.chat || !lane || summary.problem !== null) return html`<p class="find">&nbsp;</p>`;
  const { contents, overhead, total, special, estimate } = summary.chat;
  const reasons = [lane.reason, estimate].filter((reason) => reason !== null);
  const about = reasons.length > 0;
  return html`<div>
    <p class="find" title=${about ? reasons.join(" ") : nothing}>
      <b>${about ? "≈ " : ""}${plural(total, "token")}</b>, ${lane.tokenizer}, ${about ? "estimate" : "exact"} ·
      ${count(overhead)} of them (${percent(overhead / Math.max(1, total))}) are the template’s
    </p>
    <p class="small muted sub-finding">
      ${plural(contents.length, "message")} · ${plural(total - overhead, "token")} of text ·
      ${plural(special, "special token")}${about ? html` · ${reasons.join(" ")}` : nothing}
    </p>
  </div>`;
}

function messages(inspector: Inspector): TemplateResult {
  const { chat } = inspector.state;
  const shown = chat.fromFile ? (inspector.summary?.chat?.messages ?? []) : chat.messages;
  return html`<div class="row wrap message-tools">
      <h2>Messages</h2>
      <span class="sp"></span>
      <vscode-checkbox
        ?checked=${chat.fromFile}
        @change=${(event: Event) => inspector.setChat({ fromFile: checkedOf(event) })}
        >From the file in the editor</vscode-checkbox
      >
    </div>
    <ol>
      ${shown.map((message, i) => messageView(inspector, message, i))}
    </ol>
    <div class="row wrap message-tools">
      ${
        chat.fromFile
          ? nothing
          : html`<vscode-button appearance="secondary" @click=${() => add(inspector)}>Add message</vscode-button>`
      }
      <vscode-checkbox
        ?checked=${chat.prompt}
        @change=${(event: Event) => inspector.setChat({ prompt: checkedOf(event) })}
        >Ask for an answer at the end</vscode-checkbox
      >
    </div>`;
}

function messageView(inspector: Inspector, { role, content }: ChatMessage, i: number): TemplateResult {
  const { chat } = inspector.state;
  const counted = inspector.summary?.chat?.contents[i];
  const place = `message ${i + 1}`;
  const known = roles.includes(role) ? roles : [role, ...roles];
  return html`<li class="message">
    <div class="row">
      <vscode-dropdown
        aria-label="Role of ${place}"
        ${ref((element) => element && settle(element as HTMLSelectElement, role))}
        ?disabled=${chat.fromFile}
        @change=${(event: Event) => replace(inspector, i, { role: textOf(event), content })}
      >
        ${known.map((name) => html`<vscode-option value=${name} ?selected=${name === role}>${name}</vscode-option>`)}
      </vscode-dropdown>
      <span class="small muted num"
        >${counted === undefined ? nothing : plural(counted, "token")}</span
      >
      <span class="sp"></span>
      ${chat.fromFile ? nothing : tools(inspector, i, place)}
    </div>
    <vscode-text-area
      aria-label="Text of ${place}"
      rows="2"
      resize="vertical"
      ?readonly=${chat.fromFile}
      .value=${content}
      @input=${(event: Event) => replace(inspector, i, { role, content: textOf(event) })}
    ></vscode-text-area>
  </li>`;
}

function tools(inspector: Inspector, i: number, place: string): TemplateResult {
  const { messages } = inspector.state.chat;
  const button = (name: "up" | "down" | "remove", words: string, disabled: boolean, act: () => void) =>
    html`<button class="icon-button" title=${words} aria-label="${words}: ${place}" ?disabled=${disabled} @click=${act}>
      ${icon(name)}
    </button>`;
  return html`${button("up", "Move up", i === 0, () => swap(inspector, i, i - 1))}
  ${button("down", "Move down", i === messages.length - 1, () => swap(inspector, i, i + 1))}
  ${button("remove", "Remove", messages.length === 1, () =>
    inspector.setChat({ messages: messages.filter((_, other) => other !== i) }),
  )}`;
}

function replace(inspector: Inspector, i: number, message: ChatMessage): void {
  inspector.setChat({ messages: inspector.state.chat.messages.with(i, message) });
}

function swap(inspector: Inspector, a: number, b: number): void {
  const { messages } = inspector.state.chat;
  const [first, second] = [messages[a], messages[b]];
  if (first && second) inspector.setChat({ messages: messages.with(a, second).with(b, first) });
}

function add(inspector: Inspector): void {
  const { messages } = inspector.state.chat;
  const role = messages.at(-1)?.role === "user" ? "assistant" : "user";
  inspector.setChat({ messages: [...messages, { role, content: "" }] });
}
