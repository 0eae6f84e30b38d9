import type { TemplateResult } from "lit";
import type * as v from "valibot";
import { pathTo } from "../../src/experiments/explorer/tree";
import type { Sampler } from "../../src/inference/engine";
import { connect, type Remote } from "../../src/rpc/rpc";
import { PanelFrame } from "../runs/panelFrame";
import { messageOf } from "../ui/errors";
import type { Host } from "../ui/vscodeApi";
import { type Derived, Deriver } from "./derived";
import { emptyState } from "./emptyState";
import { keys } from "./keys";
import { page } from "./page";
import { type Picture, pictureOf } from "./picture";
import { type ExplorerState, hostContract, panelContract } from "./protocol";
import { keepable, restored, type View } from "./view";

/** At the left and right of the page together, CSS pixels; explorer.css. */
const sidePadding = 48;

/** After a setting was moved here, the host's echo of it waits this long, milliseconds: a slider must not jump back. */
const settleMs = 400;

type Update = v.InferOutput<typeof panelContract.update.args>[0];

/** The explorer as the extension tells it, as the person left it, and what can be done. Draws after each change. */
export class Explorer extends PanelFrame<typeof hostContract> {
  state: ExplorerState = emptyState;
  view: View;
  /** The host has told its state. */
  started = false;
  /** Index in the distribution's entries of the row in hand. */
  chosen = 0;
  /** Offsets into the long parts of the page: what of them is drawn. */
  scrolled = 0;
  earlierTokens = 0;
  /** Why the text that was to go on could not. */
  refused: string | undefined;

  readonly host: Remote<typeof hostContract>;
  private readonly deriver = new Deriver();
  private draft: string | null;
  /** The last outlook that had a distribution. */
  private answered: ExplorerState["outlook"] | undefined;
  private toPromptEnd = true;
  private touched = 0;
  private awaited: Pick<ExplorerState, "sampler"> | undefined;
  private telling: { sampler?: Sampler; rival?: Sampler } | undefined;

  constructor(
    root: HTMLElement,
    private readonly api: Host,
  ) {
    super(root);
    const kept = restored(api.getState());
    this.draft = kept.draft;
    this.view = kept.view;
    this.host = connect(
      panelContract,
      {
        update: (change) => this.take(change),
        command: (name) => {
          const [, of, format] = /^export(Bars|Tree)(Svg|Png)$/.exec(name)!;
          this.watch(this.exportPicture(of === "Bars" ? "bars" : "tree", format === "Svg" ? "svg" : "png"));
        },
      },
      hostContract,
      api,
      (error) => this.fail(error),
    );
  }

  async start(): Promise<void> {
    this.draw();
    const { draft } = await this.host.call("start", { draft: this.draft });
    this.draft = draft;
    this.started = true;
    this.keep();
    this.draw();
  }

  /** What is drawn: of the node in hand or, until the model has answered for it, of the one before, faded. */
  get derived(): Derived | undefined {
    return this.deriver.of(this.stale ? { ...this.state, outlook: this.answered ?? null } : this.state);
  }

  /** The model is being asked; what is drawn belongs to the node before. */
  get stale(): boolean {
    const { outlook, problem, file, model } = this.state;
    return !!this.answered && outlook?.distribution === null && !problem && !file.withoutModel && !model?.missing.next;
  }

  /** Stages after the temperature alone, over the temperatures of the sweep. */
  swept(derived: Derived): ReturnType<Deriver["swept"]> {
    return this.deriver.swept(derived.distribution);
  }

  /** Indexes of the tokens that the filter lets through, likeliest first. */
  rows({ distribution }: Derived): readonly number[] {
    return this.deriver.filtered(distribution, this.view.filter);
  }

  /** The node in hand has its distribution, so that a token can be taken from it. */
  get canStep(): boolean {
    const { outlook, tree, busy, file } = this.state;
    return !!outlook?.distribution && outlook.node === tree?.hand && busy === null && !file.withoutModel;
  }

  setView(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.keep();
    this.draw();
  }

  /** Changes the sampler at once on the screen and tells the extension once a frame. */
  setSampler(change: Partial<Sampler>): void {
    const sampler = { ...this.state.sampler, ...change };
    this.state = { ...this.state, sampler };
    this.tellSoon({ sampler });
  }

  setRivalSampler(change: Partial<Sampler>): void {
    const { rival } = this.state;
    if (!rival) return;
    const sampler = { ...rival.rival.sampler, ...change };
    this.state = { ...this.state, rival: { ...rival, rival: { ...rival.rival, sampler } } };
    this.tellSoon({ rival: sampler });
  }

  choose(index: number): void {
    this.chosen = index;
    this.draw();
  }

  takeToken(index = this.chosen): void {
    const entry = this.state.outlook?.distribution?.entries[index];
    if (entry && this.canStep) this.do("take", entry.id);
  }

  branchToken(index = this.chosen): void {
    const entry = this.state.outlook?.distribution?.entries[index];
    if (entry && this.canStep) this.do("branch", entry.id);
  }

  back(): void {
    const { tree } = this.state;
    if (tree && pathTo(tree, tree.hand).length > 0) this.do("back");
  }

  toss(times: number): void {
    if (this.state.outlook?.distribution) this.do("toss", times);
  }

  grow(change: Partial<View["growth"]> = {}): void {
    const { how, tokens, count } = { ...this.view.growth, ...change };
    if (!this.canGrow) return;
    this.tellMoved();
    this.do("grow", { how, tokens, count: how === "greedy" ? 1 : count });
  }

  get canGrow(): boolean {
    const { model, tree, busy, file } = this.state;
    return !!model && model.missing.sample === null && !!tree && busy === null && !file.withoutModel;
  }

  async write(): Promise<void> {
    const { next } = this.view;
    if (next === null || next === "") return;
    try {
      await this.host.call("write", next);
      this.writeNext(null);
    } catch (error) {
      this.refused = messageOf(error);
      this.draw();
    }
  }

  /** The text to go on with as it is being written; null closes its field. */
  writeNext(next: string | null): void {
    this.refused = undefined;
    this.setView({ next });
  }

  async exportPicture(of: Picture["of"], format: "svg" | "png"): Promise<void> {
    const { derived } = this;
    const picture = await pictureOf({ of, format }, this.state, derived);
    if (picture) await this.host.call("exportPicture", picture);
    else this.announce("There is nothing to draw yet.");
  }

  /** Room for the page without its padding, CSS pixels. */
  get room(): number {
    return this.width - sidePadding;
  }

  protected page(): TemplateResult {
    return page(this);
  }

  protected override keydown(event: KeyboardEvent): void {
    keys(event, this);
  }

  protected override drawn(): void {
    if (this.toPromptEnd) this.showPromptEnd();
  }

  private take(change: Update): void {
    const { sampler, ...rest } = change;
    const before = this.state;
    // Parts that were not sent are missing, never undefined: messages pass through JSON.
    this.state = { ...before, ...(rest as Partial<ExplorerState>) };
    if (sampler) {
      if (Date.now() - this.touched < settleMs) this.awaited = { sampler };
      else this.state = { ...this.state, sampler };
    }
    const { outlook, busy } = this.state;
    if (outlook?.distribution) this.answered = outlook;
    this.followBusy(busy);
    if (outlook?.distribution !== before.outlook?.distribution || outlook?.node !== before.outlook?.node) {
      this.chosen = 0;
      this.scrolled = 0;
      if (outlook?.distribution) this.announcement = spoken(outlook.distribution.entries);
    }
    if (this.state.prompt?.text !== before.prompt?.text) this.earlierTokens = 0;
    const grown = this.state.tree?.hand !== before.tree?.hand || this.state.prompt?.tokens !== before.prompt?.tokens;
    if (grown) this.toPromptEnd = true;
    this.draw();
  }

  /** What is asked for stands at the prompt's end. */
  private showPromptEnd(): void {
    const prompt = this.root.querySelector(".prompt");
    if (!prompt) return;
    prompt.scrollTop = prompt.scrollHeight;
    this.toPromptEnd = false;
  }

  private tellSoon(change: { sampler?: Sampler; rival?: Sampler }): void {
    this.touched = Date.now();
    this.awaited = undefined;
    if (!this.telling) {
      requestAnimationFrame(() => this.tellMoved());
      setTimeout(() => this.settle(), settleMs + 50);
    }
    this.telling = { ...this.telling, ...change };
    this.draw();
  }

  /** Tells what was moved since the last frame. */
  private tellMoved(): void {
    const { sampler, rival } = this.telling ?? {};
    this.telling = undefined;
    if (sampler) this.host.tell("setSampler", sampler);
    if (rival) this.host.tell("setRivalSampler", rival);
  }

  /** Takes what the host said meanwhile, once the slider rests. */
  private settle(): void {
    if (!this.awaited || Date.now() - this.touched < settleMs) return;
    this.state = { ...this.state, ...this.awaited };
    this.awaited = undefined;
    this.draw();
  }

  private keep(): void {
    this.api.setState(keepable(this.draft, this.view));
  }
}

function spoken(entries: readonly { readonly text: string; readonly logProb: number }[]): string {
  const top = entries
    .slice(0, 3)
    .map(({ text, logProb }) => `${text.trim() || "space"} ${Math.round(Math.exp(logProb) * 100)} %`);
  return `Next: ${top.join(", ")}`;
}
