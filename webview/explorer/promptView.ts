import { html, nothing, svg, type TemplateResult } from "lit";
import type { ExploredScore, TreeNode } from "../../src/experiments/explorer/data";
import { pathTo } from "../../src/experiments/explorer/tree";
import { checkedOf, textOf } from "../ui/controls";
import { count, plural } from "../ui/format";
import { nameOf, type ShownToken, tokenView } from "../ui/tokenView";
import { draftKeys } from "./draftKeys";
import type { Explorer } from "./explorer";
import type { PromptView } from "./protocol";
import { bits, percentWords, toBits } from "./words";

/** Tokens drawn at first, and more with each press. */
const drawnTokens = 400;
const barHeight = 36;

/** The prompt with the entropy before each token standing on it, then the path in hand, then what is asked for. */
export function promptView(explorer: Explorer, prompt: PromptView): TemplateResult {
  const { prompt: draft } = explorer.view;
  return html`<section class="prompt-part" aria-label="Prompt" data-region>
    ${draft === null ? nothing : editor(explorer, prompt, draft)}
    ${prompt.tokens === null ? plainPrompt(prompt) : strip(explorer, prompt)}
    <div class="row wrap small under-prompt">
      <p class="muted">${noteOf(explorer, prompt)}</p>
      <span class="sp"></span>
      ${
        draft === null
          ? html`<button class="link" id="edit-prompt" @click=${() => edit(explorer, prompt.text)}>Edit prompt</button>`
          : nothing
      }
    </div>
  </section>`;
}

/** Opens the field with a text. */
export function edit(explorer: Explorer, text: string): void {
  explorer.setView({ prompt: text });
  requestAnimationFrame(() => explorer.root.querySelector<HTMLElement>("#prompt-text")?.focus());
}

function editor(explorer: Explorer, prompt: PromptView, draft: string): TemplateResult {
  const close = () => explorer.setView({ prompt: null });
  const apply = () => {
    explorer.do("setText", explorer.view.prompt ?? draft);
    close();
  };
  return html`<div class="prompt-editor">
    <vscode-text-area
      id="prompt-text"
      aria-label=${prompt.as === "chat" ? "Message" : "Prompt"}
      rows="4"
      resize="vertical"
      .value=${draft}
      @input=${(event: Event) => explorer.setView({ prompt: textOf(event) })}
      @keydown=${(event: KeyboardEvent) => draftKeys(event, { apply, close })}
    ></vscode-text-area>
    <div class="row wrap">
      <vscode-button id="apply-prompt" @click=${apply}>Use this prompt</vscode-button>
      <vscode-button appearance="secondary" @click=${close}>Cancel</vscode-button>
      <vscode-checkbox
        ?checked=${prompt.parseSpecial}
        title="Off: text that looks like a special token stays plain text, and the model sees its letters"
        @change=${(event: Event) => explorer.do("setParseSpecial", checkedOf(event))}
        >Text of special tokens becomes those tokens</vscode-checkbox
      >
    </div>
  </div>`;
}

function plainPrompt({ text }: PromptView): TemplateResult {
  return html`<div class="prompt"><p class="mono plain-prompt">${text}</p></div>`;
}

function strip(explorer: Explorer, prompt: PromptView): TemplateResult {
  const { tree, outlook } = explorer.state;
  const tokens = prompt.tokens ?? [];
  const scores = prompt.scores ?? [];
  const path = tree ? pathTo(tree, tree.hand) : [];
  const next = outlook?.distribution?.entropy;
  const entropies = [
    ...scores.map((score) => score.entropy?.nats),
    ...path.map(({ token }) => token?.entropy?.nats),
    next?.nats,
  ];
  const most = Math.max(4, ...entropies.slice(-2000).map((value) => Math.ceil(toBits(value ?? 0))));
  const bare = entropies.every((value) => value === undefined);
  const from = Math.max(0, tokens.length - drawnTokens * (1 + explorer.earlierTokens));
  return html`<div class="prompt ${bare ? "bare" : ""}" role="group" tabindex="0" aria-label="Prompt, ${plural(tokens.length, "token")}">
    <span class="scale scale-top" aria-hidden="true">${most}</span>
    <span class="scale scale-zero" aria-hidden="true">0 bits</span>
    ${
      from > 0
        ? html`<button
              class="mini earlier"
              @click=${() => {
                explorer.earlierTokens++;
                explorer.draw();
              }}
            >
              ${count(Math.min(from, drawnTokens))} earlier tokens</button
            ><span class="br"></span>`
        : nothing
    }
    ${tokens.slice(from).map((token, at) => {
      const score = scores[from + at];
      const template = prompt.messages !== null && token.message === null;
      return tokenColumn(token, score?.entropy?.nats, most, {
        band: (from + at) % 6,
        kind: token.special ? "special" : template ? "template" : "plain",
        hint: hintOf(token, score, from + at + 1),
      });
    })}
    ${path.map((node) => grown(explorer, node, most))} ${asked(explorer, most)}
  </div>`;
}

interface ColumnLook {
  readonly band: number;
  readonly kind: "plain" | "special" | "template" | "grown";
  readonly hint: string;
  readonly node?: number;
}

function tokenColumn(
  token: ShownToken,
  entropy: number | undefined,
  most: number,
  { band, kind, hint }: ColumnLook,
): TemplateResult {
  const inside = html`${entropyBar(entropy, most, kind === "template" || kind === "special" ? 0.55 : 1)}<span
      class="tk mono ${kind === "special" ? "" : kind === "grown" ? "grown" : `b${band}`} ${kind === "template" ? "muted" : ""}"
      >${tokenView(token)}</span
    >`;
  return html`<span class="st" title=${hint}>${inside}</span>${lineEnd(token)}`;
}

function lineEnd({ text }: ShownToken): TemplateResult | typeof nothing {
  return text.includes("\n") ? html`<span class="br"></span>` : nothing;
}

function entropyBar(nats: number | undefined, most: number, opacity: number, asked = false): TemplateResult {
  const share = nats === undefined ? 0 : Math.min(1, toBits(nats) / most);
  const height = share === 0 ? 0 : Math.max(1, share * barHeight);
  return html`<svg class="eb" aria-hidden="true">
    ${
      height > 0
        ? svg`<rect class=${asked ? "eb-asked" : "eb-fill"} opacity=${opacity} x="0" width="100%" y=${(barHeight - height).toFixed(1)} height=${height.toFixed(1)}></rect>`
        : nothing
    }
  </svg>`;
}

/** A token of the path in hand: pressing it goes back to it. */
function grown(explorer: Explorer, { id, token }: TreeNode, most: number): TemplateResult | typeof nothing {
  if (!token) return nothing;
  const p = token.logProb === null ? "" : `, ${percentWords(Math.exp(token.logProb))}`;
  return html`<button
      class="st grown-button"
      title="${nameOf(token)}${p}: go back to here"
      aria-label="${nameOf(token)}${p}, go back to here"
      @click=${() => explorer.do("go", id)}
    >
      ${entropyBar(token.entropy?.nats, most, 1)}<span class="tk mono grown">${tokenView(token)}</span></button
    >${lineEnd(token)}`;
}

function asked(explorer: Explorer, most: number): TemplateResult {
  const entropy = explorer.state.outlook?.distribution?.entropy;
  const hint = entropy ? `What comes next: ${bits(entropy.nats, entropy.exact)} of entropy` : "What comes next";
  return html`<span class="st" title=${hint}
    >${entropyBar(entropy?.nats, most, 1, true)}<span class="mono nx" role="img" aria-label=${hint}>?</span></span
  >`;
}

function hintOf(token: ShownToken & { readonly id: number }, score: ExploredScore | undefined, place: number): string {
  const parts = [`${nameOf(token)}, id ${token.id}, token ${count(place)}`];
  if (score?.logProb != null) {
    const rank = score.rank === null ? "" : `, rank ${count(score.rank)}`;
    parts.push(`${percentWords(Math.exp(score.logProb))}, ${bits(-score.logProb)} of surprisal${rank}`);
  }
  if (score?.entropy) parts.push(`${bits(score.entropy.nats, score.entropy.exact)} of entropy before it`);
  return parts.join("\n");
}

function noteOf({ state }: Explorer, prompt: PromptView): string {
  const tokens = prompt.tokens?.length;
  const parts: string[] = [];
  if (tokens !== undefined) {
    const window = state.model?.contextSize;
    parts.push(window ? `${count(tokens)} of ${count(window)} tokens of context` : plural(tokens, "token"));
  }
  if (prompt.scores) parts.push("bars: entropy before each token");
  else if (state.model?.missing.score) parts.push(`no entropy on the prompt: ${state.model.missing.score}`);
  if (prompt.tokens?.some(({ special }) => special)) {
    parts.push("special tokens are boxed and are the model’s own, never text that looks like them");
  }
  const text = parts.join(" · ");
  return text === "" ? "" : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
