import { html, nothing, render, type TemplateResult } from "lit";
import { connect, type Remote } from "../../src/rpc/rpc";
import { messageOf } from "../ui/errors";
import type { Host } from "../ui/vscodeApi";
import { histogram } from "./histogram";
import { type Action, hostContract, type Scores, viewContract } from "./protocol";
import { tokenList } from "./tokenList";

/** The side bar's view of a scored file: legend and histogram in one, two numbers, and what surprised most. */
export class SurprisalView {
  private readonly host: Remote<typeof hostContract>;
  private scores: Scores | null = null;
  private failure: string | undefined;
  /** Row of the list that Tab goes to. */
  private row = 0;

  constructor(
    private readonly root: HTMLElement,
    api: Host,
  ) {
    this.host = connect(viewContract, { show: (scores) => this.show(scores) }, hostContract, api, (error) =>
      this.fail(error),
    );
  }

  async start(): Promise<void> {
    this.show(await this.host.call("start"));
  }

  fail(error: unknown): void {
    this.failure = messageOf(error);
    this.draw();
  }

  private show(scores: Scores | null): void {
    this.scores = scores;
    this.failure = undefined;
    this.row = Math.max(0, Math.min(this.row, (scores?.tokens.length ?? 0) - 1));
    this.draw();
  }

  private run(action: Action): void {
    this.host.call("run", action).catch((error: unknown) => this.fail(error));
  }

  private reveal(row: number): void {
    const token = this.scores?.tokens[row];
    this.row = row;
    this.draw();
    if (token) this.host.call("reveal", token.start, token.end).catch((error: unknown) => this.fail(error));
  }

  private draw(): void {
    render(this.page(), this.root);
  }

  private page(): TemplateResult {
    const { scores, failure } = this;
    const problem = failure === undefined ? nothing : html`<p class="note error" role="alert">${failure}</p>`;
    if (!scores) return html`<main>${problem}<p class="muted">Open a text file to see its tokens scored.</p></main>`;
    const { model, scope, status, perplexity, bitsPerCharacter, notes, tokens } = scores;
    return html`<main class=${status.kind}>
      ${problem}
      ${
        model === null
          ? nothing
          : html`<button class="link model" title="Choose another model" @click=${() => this.run("pickModel")}>
              ${model}
            </button>`
      }
      ${scope === "" ? nothing : html`<p class="muted small">${scope}</p>`}
      ${this.status(scores)}
      ${
        perplexity === null
          ? nothing
          : html`${histogram(scores.histogram)}
              <dl title=${notes.join("\n")}>
                <div><dt>Perplexity</dt><dd class="num">${perplexity}</dd></div>
                <div><dt>Bits per character</dt><dd class="num">${bitsPerCharacter ?? "–"}</dd></div>
              </dl>
              ${tokenList(tokens, this.row, { focus: (row) => this.focus(row), open: (row) => this.reveal(row) })}`
      }
    </main>`;
  }

  /** What is going on, and what can be done about it. */
  private status({ status: { kind, text, details } }: Scores): TemplateResult {
    const actions: readonly (readonly [Action, string])[] =
      kind === "busy"
        ? [["cancel", "Stop"]]
        : kind === "failed"
          ? [
              ["refresh", "Score again"],
              ["pickModel", "Choose another model"],
              ["showLog", "Show log"],
            ]
          : kind === "ready"
            ? []
            : [["refresh", "Score again"]];
    const buttons = actions.map(
      ([action, label]) => html`<button class="link" @click=${() => this.run(action)}>${label}</button>`,
    );
    return html`<div class="status ${text === "" ? "sr" : kind === "failed" ? "note error" : "small"}">
      <span role="status">${text}</span>
      ${details === null ? nothing : html`<details><summary>Log</summary><pre class="small" tabindex="0">${details}</pre></details>`}
      ${buttons.length === 0 ? nothing : html`<span class="row wrap">${buttons}</span>`}
    </div>`;
  }

  private focus(row: number): void {
    this.row = row;
    this.draw();
    this.root.querySelector<HTMLElement>("[role=option][tabindex='0']")?.focus();
  }
}
