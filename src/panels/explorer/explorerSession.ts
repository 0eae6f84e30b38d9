import { type Disposable, l10n, workspace } from "vscode";
import type {
  Comparison,
  ExplorerState,
  FileView,
  Growth,
  panelContract,
  Side,
} from "../../../webview/explorer/protocol";
import type { ExploredModel, ExploredPrompt, PromptAs } from "../../experiments/explorer/data";
import type { ExplorerReport } from "../../experiments/explorer/report";
import { nodeOf, pathTo, textOf } from "../../experiments/explorer/tree";
import { plainSampler, type Sampler } from "../../inference/engine";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Remote } from "../../rpc/rpc";
import { insertText } from "../runs/insertText";
import { ModelWork } from "../runs/modelWork";
import { StateSender } from "../runs/stateSender";
import { Asking } from "./asking";
import { changedParts } from "./changedParts";
import { Exploration } from "./exploration";
import type { SavedExploration, SessionServices } from "./explorerServices";
import { factsOf, nameOf } from "./knownModels";
import type { OpenRequest } from "./openRequest";
import { chatOf, PromptSource } from "./promptSource";
import { otherForm, rivalFor } from "./rivals";
import { coinView, editableText, modelView, outlookView, promptView, rivalView, withText } from "./views";

/** One exploration in a panel: where its prompt comes from, what a person does with it, and what the panel shows of it. */
export class ExplorerSession implements Disposable {
  private readonly store = new DisposableStore();
  private readonly source = this.store.add(new PromptSource());
  private readonly work: ModelWork;
  private readonly sender: StateSender<ExplorerState>;
  private readonly exploration: Exploration;
  private readonly asking: Asking;
  private file: FileView = { name: null, unsaved: false, withoutModel: false };
  /** The form a person chose; until then a chat file is a chat and any other file a raw text. */
  private form: PromptAs | undefined;
  private unreadable = false;
  /** Whether the prompt was written in the panel: then it is nowhere else. */
  private typed = false;
  /** The model a person chose, for when there is a prompt. */
  private preferred: string | undefined;

  /** `recorded` hears of each text that is added to the record, or of the whole when it begins anew. Hidden, it asks no model. */
  constructor(
    private readonly services: SessionServices,
    panel: Remote<typeof panelContract>,
    recorded: (text: string, whole: boolean) => void,
    visible: () => boolean,
  ) {
    this.sender = this.store.add(
      new StateSender(
        (parts) => panel.tell("update", parts),
        () => this.parts,
      ),
    );
    this.exploration = new Exploration(services.writtenBy, recorded, (before, after) =>
      before && after ? this.sender.mark(...changedParts(before, after)) : this.sender.markAll(),
    );
    this.work = new ModelWork(services.models, services.log, "explorer", () =>
      this.sender.mark("busy", "problem", "model", "rival"),
    );
    this.asking = new Asking(this.exploration, this.work, services.models, {
      // Nobody sees progress or Cancel of a hidden panel. When it is shown again it starts anew, and asks.
      shown: () => this.sender.started && visible(),
      withoutModel: (withoutModel) => this.setFile({ withoutModel }),
    });
    this.store.add(this.source.onDidChange(() => this.placeChanged()));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.retry()));
  }

  /** The panel can show things from now on. */
  start(): void {
    this.sender.start();
    this.ask();
  }

  get current(): ExplorerReport | undefined {
    return this.exploration.report;
  }

  /** The record as a file's text. */
  get text(): string {
    return this.exploration.text;
  }

  /** Whether there is something that closing would lose. */
  get grown(): boolean {
    return this.exploration.grown;
  }

  /** A name for its file. */
  get suggestedName(): string {
    return (this.source.name ?? "exploration").replace(/\.[^.]*$/, "");
  }

  /** The place and model that a command names. */
  async open({ uri, offset, modelId, id, text }: OpenRequest): Promise<void> {
    if (uri !== undefined && !(await this.source.open(uri, offset))) {
      throw new UserError(l10n.t("{0} cannot be opened: it is no longer there.", uri));
    }
    if (uri !== undefined || !this.current) this.follow(true, modelId);
    else if (modelId !== undefined) this.useModel(modelId);
    if (text === undefined || text === "" || !this.current) return;
    // The same prompt may stand there with branches: the token goes after the prompt itself.
    this.go(this.current.now.tree.nodes[0]!.id);
    await this.asking.wishFor({ id, text });
  }

  /** What a file or a draft holds. A file's is shown as it is, and no model is loaded for it. */
  resume(saved: SavedExploration, options: { readonly dormant: boolean }): void {
    this.work.cancel();
    this.work.problem = null;
    this.unreadable = false;
    if (options.dormant) {
      this.asking.sleep();
      this.source.set("none");
    } else this.asking.awake();
    this.form = saved.report.now.prompt.as;
    this.setFile({ withoutModel: options.dormant });
    this.exploration.resume(saved);
    this.asking.pursue();
  }

  /** Says why a file cannot be shown. Nothing else begins in its place: that would write over it. */
  refuse(error: unknown): void {
    this.unreadable = true;
    this.work.cancel();
    this.source.set("none");
    this.exploration.leave();
    this.work.fail(error);
  }

  /** Says what went wrong. */
  complain(error: unknown): void {
    this.work.fail(error);
  }

  setFile(change: Partial<FileView>): void {
    this.file = { ...this.file, ...change };
    this.sender.mark("file");
  }

  /** Writes what still rests into the record. */
  settle(): void {
    this.exploration.settle();
  }

  /** Whether the prompt follows the editor; what was typed or pinned stays after a reload as it is. */
  get follows(): boolean {
    return this.source.follows;
  }

  unlink(): void {
    this.typed = true;
    this.source.set("none");
  }

  async pickModel(side: Side): Promise<void> {
    const report = this.current;
    const rival = report?.rival?.rival;
    const prompt = (side === "rival" ? rival?.prompt : null) ?? report?.now.prompt;
    const current = side === "rival" ? rival?.model?.id : report?.now.model.id;
    const chosen = await this.services.models.pick({
      title: side === "own" ? l10n.t("Explore with which model?") : l10n.t("Compare with which model?"),
      needs: prompt?.as === "chat" ? "chat" : "next",
      ...(current !== undefined && { current }),
    });
    if (chosen === undefined) return;
    if (side === "own") this.useModel(chosen);
    else this.useRival(chosen);
  }

  private useRival(modelId: string): void {
    const { sampler, rival } = this.exploration.started;
    const before = rival?.rival ?? { prompt: null, sampler };
    this.asking.change({ type: "rival", rival: { ...before, model: nameOf(this.services.models, modelId) } });
  }

  setPromptAs(as: PromptAs): void {
    this.form = as;
    const report = this.current;
    if (!report || report.now.prompt.as === as) return;
    const { model, prompt } = report.now;
    const fits = as === "text" || model.hasChatTemplate;
    this.begin(fits ? model : this.facts(this.services.models.defaultFor("chat")), otherForm(prompt));
  }

  setParseSpecial(parseSpecial: boolean): void {
    const report = this.current;
    if (report) this.begin(report.now.model, { ...report.now.prompt, parseSpecial });
  }

  setText(text: string): void {
    this.typed = true;
    this.source.set("none");
    this.sender.mark("link");
    const report = this.current;
    const as = this.form ?? "text";
    if (report) this.begin(report.now.model, withText(report.now.prompt, text));
    else this.begin(this.defaultModel(as), as === "text" ? { as, text, parseSpecial: false } : chatOf(text, false));
  }

  setLink(kind: "follow" | "pin" | "none"): void {
    this.source.set(kind === "follow" ? "following" : kind === "pin" ? "pinned" : "none");
    if (kind === "follow") this.follow(true);
    this.sender.mark("link");
  }

  revealPrompt(): Promise<void> {
    return this.source.reveal();
  }

  setSampler(sampler: Sampler): void {
    this.exploration.rest("sampler own", { type: "sampler", side: "own", sampler });
  }

  setRivalSampler(sampler: Sampler): void {
    this.exploration.rest("sampler rival", { type: "sampler", side: "rival", sampler });
  }

  setSeed(seed: number): void {
    this.exploration.rest("seed", { type: "seed", seed });
  }

  toss(times: number): void {
    const report = this.current;
    if (!report) return;
    const node = report.now.tree.hand;
    // Enough for every purpose, and still drawn anew in a blink when the sampler changes.
    const tosses = times === 0 ? 0 : Math.min(100_000, (report.tosses.get(node) ?? 0) + times);
    this.exploration.rest(`tosses ${node}`, { type: "tosses", node, tosses });
  }

  take(id: number, move: boolean): void {
    this.asking.take(id, move);
  }

  /** Rejects with a message for the field. */
  write(text: string): Promise<void> {
    return this.asking.write(text);
  }

  back(): void {
    const { tree } = this.exploration.started.now;
    const parent = nodeOf(tree, tree.hand)?.parent;
    if (parent != null) this.go(parent);
  }

  go(node: number): void {
    if (!this.current || node === this.current.now.tree.hand) return;
    this.exploration.rest("go", { type: "go", node });
    this.asking.moved();
  }

  prune(node: number, pruned: boolean): void {
    this.asking.change({ type: "prune", node, pruned });
  }

  undo(): void {
    this.asking.change({ type: "undo" });
  }

  grow(growth: Growth): void {
    this.asking.grow(growth);
  }

  async compare(asked: Comparison | null): Promise<void> {
    if (asked?.with === "model") return this.pickModel("rival");
    const rival = asked && rivalFor(asked, this.exploration.started, this.services.models);
    this.asking.change({ type: "rival", rival });
  }

  cancel(): void {
    this.asking.cancel();
  }

  retry(): void {
    this.asking.awake();
    this.work.problem = null;
    this.sender.mark("problem");
    this.ask();
  }

  async insert(node: number): Promise<void> {
    const text = textOf(pathTo(this.exploration.started.now.tree, node));
    if (text === "") throw new UserError(l10n.t("The branch has no text yet: take a token first."));
    await insertText(text, this.source.target());
  }

  /** Whoever keeps the record settles it before. */
  dispose(): void {
    this.sender.dispose();
    this.work.cancel();
    this.exploration.drop();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof ExplorerState]: () => ExplorerState[K] } = {
    model: () =>
      this.current ? modelView(this.current.now.model, this.work.capabilities(this.current.now.model.id)) : null,
    prompt: () => (this.current ? promptView(this.current.now.prompt, this.current.now) : null),
    link: () => this.source.view(this.exploration.branched),
    tree: () => this.current?.now.tree ?? null,
    outlook: () => (this.current ? outlookView(this.current) : null),
    sampler: () => this.current?.sampler ?? plainSampler,
    coin: () => (this.current ? coinView(this.current) : { seed: defaultSeed, tosses: 0 }),
    rival: () => (this.current?.rival ? rivalView(this.current, this.current.rival, this.work.capabilities) : null),
    file: () => this.file,
    canUndo: () => (this.current?.past.length ?? 0) > 0,
    busy: () => this.work.busy,
    problem: () => this.work.problem,
  };

  /** Asks models for what stands there; without a prompt, takes the editor's. */
  private ask(): void {
    if (this.current) this.asking.pursue();
    else if (!this.unreadable) this.follow();
  }

  /** What the editor shows has changed: a bare prompt follows it, branches hold theirs. */
  private placeChanged(): void {
    if (this.source.follows && !this.exploration.branched && !this.asking.sleeping) this.follow();
    this.sender.mark("link");
  }

  /** Takes the prompt from the editor; `anew` leaves branches behind. */
  private follow(anew = false, modelId?: string): void {
    if (this.exploration.branched && !anew) return;
    try {
      const report = this.current;
      const prompt = this.source.prompt(this.form, report?.now.prompt.parseSpecial ?? false);
      if (!prompt) this.note(l10n.t("No file is open. Open one in an editor, or write a prompt here."));
      else if (editableText(prompt) === "") {
        this.note(l10n.t("There is no text before the cursor: put it where the model should go on."));
      } else {
        const { typed } = this;
        this.typed = false;
        const model = modelId === undefined ? report?.now.model : this.facts(modelId);
        this.begin(model ?? this.defaultModel(prompt.as), prompt, typed);
      }
    } catch (error) {
      this.work.fail(error);
    }
    this.sender.mark("link");
  }

  private note(message: string): void {
    if (!this.current) this.work.tell(message);
  }

  private useModel(modelId: string): void {
    const report = this.current;
    this.preferred = modelId;
    if (!report) this.follow(true, modelId);
    else if (report.now.model.id === modelId) this.retry();
    else this.begin(this.facts(modelId), report.now.prompt);
  }

  /**
   * Another prompt or model. As long as nothing was tried, the record begins anew with it; with `keep` or otherwise undo
   * brings back what was there.
   */
  private begin(model: ExploredModel, prompt: ExploredPrompt, keep = false): void {
    const report = this.current;
    if (this.unreadable) return;
    this.asking.awake();
    if (report && model === report.now.model && JSON.stringify(prompt) === JSON.stringify(report.now.prompt)) return;
    if (report && (keep || this.grown || this.file.name !== null)) {
      this.asking.change({ type: "begin", model, prompt });
      return;
    }
    const { sampler, seed } = report ?? { sampler: plainSampler, seed: defaultSeed };
    this.exploration.begin({ model, prompt, sampler, seed });
    this.asking.pursue();
  }

  /** The one that was chosen, or the default for the form of the prompt. */
  private defaultModel(as: PromptAs): ExploredModel {
    return this.facts(this.preferred ?? this.services.models.defaultFor(as === "chat" ? "chat" : "base"));
  }

  private facts(modelId: string): ExploredModel {
    return factsOf(this.services.models, modelId, this.current?.now.model);
  }
}

/** Any number would do; this one makes the first tosses of a new panel the same for everybody. */
const defaultSeed = 7;
