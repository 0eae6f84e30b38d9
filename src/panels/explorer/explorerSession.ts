import { type Disposable, env, l10n, workspace } from "vscode";
import type {
  Comparison,
  ExplorerState,
  FileView,
  Growth,
  panelContract,
  Side,
} from "../../../webview/explorer/protocol";
import type { Problem } from "../../../webview/runs/state";
import { wanted } from "../../experiments/explorer/asking";
import type { ExploredModel, ExploredPrompt, PromptAs } from "../../experiments/explorer/data";
import type { ExplorerEvent } from "../../experiments/explorer/events";
import { complete } from "../../experiments/explorer/explorer";
import { beamFrom, continueFrom, takeToken, writeText } from "../../experiments/explorer/growing";
import { addEvent, type ExplorerReport, startReport } from "../../experiments/explorer/report";
import { nodeOf, pathTo, textOf } from "../../experiments/explorer/tree";
import { EngineError, plainSampler, type Sampler } from "../../inference/engine";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Remote } from "../../rpc/rpc";
import { insertText } from "../runs/insertText";
import { ModelWork } from "../runs/modelWork";
import { StateSender } from "../runs/stateSender";
import { changedParts } from "./changedParts";
import type { SavedExploration, SessionServices } from "./explorerServices";
import { factsOf, nameOf } from "./knownModels";
import { chatOf, PromptSource } from "./promptSource";
import { RestingEvents } from "./restingEvents";
import { otherForm, rivalFor } from "./rivals";
import { RunRecord } from "./runRecord";
import { coinView, editableText, modelView, outlookView, promptView, rivalView, withText } from "./views";
import { wantMessage } from "./wantMessage";

/** What an "open" command asked for. */
export interface OpenRequest {
  readonly uri?: string | undefined;
  /** UTF-16 offset in the document up to which its text is the prompt. */
  readonly offset?: number | undefined;
  readonly modelId?: string | undefined;
  /** A token to go on with, as soon as the model has said what comes next. */
  readonly id?: number | undefined;
  readonly text?: string | undefined;
}

/** One exploration: its record, what follows from it, the models that are asked, and the panel that shows it. */
export class ExplorerSession implements Disposable {
  private readonly store = new DisposableStore();
  private readonly source = this.store.add(new PromptSource());
  private readonly work: ModelWork;
  private readonly sender: StateSender<ExplorerState>;
  readonly record: RunRecord;
  private report: ExplorerReport | undefined;
  private file: FileView = { name: null, unsaved: false, withoutModel: false };
  private readonly resting: RestingEvents;
  /** The form a person chose; until then a chat file is a chat and any other file a raw text. */
  private form: PromptAs | undefined;
  /** True for what came from a file, until something is asked for that the file does not hold. */
  private dormant = false;
  private pursuing = false;
  private unreadable = false;
  /** Whether the prompt was written in the panel: then it is nowhere else. */
  private typed = false;
  /** The model a person chose, for when there is a prompt. */
  private preferred: string | undefined;
  /** A token that a command asked to go on with. */
  private wish: { readonly id: number | undefined; readonly text: string } | undefined;

  /** `recorded` hears of each text that is added to the record, or of the whole when it begins anew. */
  constructor(
    private readonly services: SessionServices,
    panel: Remote<typeof panelContract>,
    recorded: (text: string, whole: boolean) => void,
  ) {
    this.record = new RunRecord(services.writtenBy, recorded);
    this.resting = new RestingEvents((event) => this.record.append(event));
    this.sender = this.store.add(new StateSender((parts) => panel.tell("update", parts), this.parts));
    this.work = new ModelWork(services.models, services.log, "explorer", () =>
      this.sender.mark("busy", "problem", "model", "rival"),
    );
    this.store.add(this.source.onDidChange(() => this.placeChanged()));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.retry()));
  }

  /** The panel can show things from now on. */
  start(): void {
    this.sender.start();
    if (this.report) this.pursue();
    else if (!this.unreadable) this.follow();
  }

  get current(): ExplorerReport | undefined {
    return this.report;
  }

  /** Whether there is something that closing would lose. */
  get grown(): boolean {
    return (this.report?.now.tree.nodes.length ?? 0) > 1 || (this.report?.past.length ?? 0) > 0;
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
    if (uri !== undefined || !this.report) this.follow(true, modelId);
    else if (modelId !== undefined) this.useModel(modelId);
    if (text === undefined || text === "" || !this.report) return;
    // The same prompt may stand there with branches: the token goes after the prompt itself.
    this.go(this.report.now.tree.nodes[0]!.id);
    this.wish = { id, text };
    await this.fulfil();
  }

  /** What a file or a draft holds. A file's is shown as it is, and no model is loaded for it. */
  resume({ report, text }: SavedExploration, options: { readonly dormant: boolean }): void {
    this.work.cancel();
    this.work.problem = null;
    this.record.resume(text);
    this.report = report;
    this.unreadable = false;
    this.dormant = options.dormant;
    if (options.dormant) this.source.set("none");
    this.form = report.now.prompt.as;
    this.setFile({ withoutModel: options.dormant });
    this.sender.markAll();
    if (this.sender.started) this.pursue();
  }

  /** Says why a file cannot be shown. Nothing else begins in its place: that would write over it. */
  refuse(error: unknown): void {
    this.unreadable = true;
    this.report = undefined;
    this.resting.drop();
    this.work.cancel();
    this.source.set("none");
    this.work.fail(error);
    this.sender.markAll();
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
    this.resting.settle();
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
    const { report } = this;
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
    const { sampler, rival } = this.needReport();
    const before = rival?.rival ?? { prompt: null, sampler };
    this.change({ type: "rival", rival: { ...before, model: nameOf(this.services.models, modelId) } });
  }

  setPromptAs(as: PromptAs): void {
    this.form = as;
    const { report } = this;
    if (!report || report.now.prompt.as === as) return;
    const { model, prompt } = report.now;
    const fits = as === "text" || model.hasChatTemplate;
    this.begin(fits ? model : this.facts(this.services.models.defaultFor("chat")), otherForm(prompt));
  }

  setParseSpecial(parseSpecial: boolean): void {
    const { report } = this;
    if (report) this.begin(report.now.model, { ...report.now.prompt, parseSpecial });
  }

  setText(text: string): void {
    this.typed = true;
    this.source.set("none");
    this.sender.mark("link");
    const { report } = this;
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
    this.rest("sampler own", { type: "sampler", side: "own", sampler });
  }

  setRivalSampler(sampler: Sampler): void {
    this.rest("sampler rival", { type: "sampler", side: "rival", sampler });
  }

  setSeed(seed: number): void {
    this.rest("seed", { type: "seed", seed });
  }

  toss(times: number): void {
    const { report } = this;
    if (!report) return;
    const node = report.now.tree.hand;
    // Enough for every purpose, and still drawn anew in a blink when the sampler changes.
    const tosses = times === 0 ? 0 : Math.min(100_000, (report.tosses.get(node) ?? 0) + times);
    this.rest(`tosses ${node}`, { type: "tosses", node, tosses });
  }

  take(id: number, move: boolean): void {
    const event = this.report && takeToken(this.report, id, move);
    if (event) this.change(event);
  }

  /** Rejects with a message for the field. */
  async write(text: string): Promise<void> {
    const report = this.needReport();
    this.dormant = false;
    let event: ExplorerEvent | undefined;
    this.pursuing = false;
    await this.work.run(l10n.t("Reading the tokens"), async (signal) => {
      event = await writeText(report, text, await this.work.engine(report.now.model.id, signal), signal);
    });
    if (event) this.change(event);
    else if (this.work.problem) throw new UserError(this.work.problem.message);
  }

  back(): void {
    const { tree } = this.needReport().now;
    const parent = nodeOf(tree, tree.hand)?.parent;
    if (parent != null) this.go(parent);
  }

  go(node: number): void {
    if (!this.report || node === this.report.now.tree.hand) return;
    this.rest("go", { type: "go", node });
    this.wake();
    this.pursue();
  }

  prune(node: number, pruned: boolean): void {
    this.change({ type: "prune", node, pruned });
  }

  undo(): void {
    this.change({ type: "undo" });
  }

  grow({ how, tokens, count }: Growth): void {
    const report = this.needReport();
    if (this.refusesUntrusted()) return;
    this.dormant = false;
    const all = how === "greedy" ? tokens : tokens * count;
    const said = (done: number) =>
      this.work.say(l10n.t("{0} of {1} tokens", done.toLocaleString(), all.toLocaleString()), done / all);
    this.pursuing = false;
    const grown = this.work.run(l10n.t("Continuing"), async (signal) => {
      const engine = await this.work.engine(report.now.model.id, signal);
      const { sampler, seed } = report;
      const events =
        how === "beam"
          ? beamFrom(report, { width: count, tokens }, engine, signal, (step) => said(step * count))
          : continueFrom(() => this.needReport(), { how, tokens, count, sampler, seed }, engine, signal);
      let done = 0;
      for await (const event of events) {
        signal.throwIfAborted();
        this.apply(event);
        done++;
        if (how !== "beam") said(done);
      }
      if (done === 0) this.tell(l10n.t("The model ends its text here: nothing was added."));
    });
    void grown.then(() => {
      if (!this.work.running && !this.work.problem) this.pursue();
    });
  }

  async compare(asked: Comparison | null): Promise<void> {
    if (asked?.with === "model") return this.pickModel("rival");
    const rival = asked && rivalFor(asked, this.needReport(), this.services.models);
    this.change({ type: "rival", rival });
  }

  cancel(): void {
    this.work.cancel();
    const { report } = this;
    if (!report || report.outlooks.has(report.now.tree.hand)) return;
    this.tell(l10n.t("Cancelled: the model was not asked what comes next."), ["retry"]);
  }

  retry(): void {
    this.dormant = false;
    this.work.problem = null;
    this.sender.mark("problem");
    if (this.report) this.pursue();
    else if (!this.unreadable) this.follow();
  }

  async insert(node: number): Promise<void> {
    const text = textOf(pathTo(this.needReport().now.tree, node));
    if (text === "") throw new UserError(l10n.t("The branch has no text yet: take a token first."));
    await insertText(text, this.source.target());
  }

  copyText(text: string): Thenable<void> {
    return env.clipboard.writeText(text);
  }

  /** Whoever keeps the record settles it before. */
  dispose(): void {
    this.sender.dispose();
    this.work.cancel();
    this.resting.drop();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof ExplorerState]: () => ExplorerState[K] } = {
    model: () =>
      this.report ? modelView(this.report.now.model, this.work.capabilities(this.report.now.model.id)) : null,
    prompt: () => (this.report ? promptView(this.report.now.prompt, this.report.now) : null),
    link: () => this.source.view(this.isHeld),
    tree: () => this.report?.now.tree ?? null,
    outlook: () => (this.report ? outlookView(this.report) : null),
    sampler: () => this.report?.sampler ?? plainSampler,
    coin: () => (this.report ? coinView(this.report) : { seed: defaultSeed, tosses: 0 }),
    rival: () => (this.report?.rival ? rivalView(this.report, this.report.rival, this.work.capabilities) : null),
    file: () => this.file,
    canUndo: () => (this.report?.past.length ?? 0) > 0,
    busy: () => this.work.busy,
    problem: () => this.work.problem,
  };

  private get isHeld(): boolean {
    return (this.report?.now.tree.nodes.length ?? 1) > 1;
  }

  /** What the editor shows has changed: a bare prompt follows it, branches hold theirs. */
  private placeChanged(): void {
    if (this.source.follows && !this.isHeld && !this.dormant) this.follow();
    this.sender.mark("link");
  }

  /** Takes the prompt from the editor; `anew` leaves branches behind. */
  private follow(anew = false, modelId?: string): void {
    if (this.isHeld && !anew) return;
    try {
      const { report } = this;
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
    if (!this.report) this.tell(message);
  }

  private tell(message: string, actions: Problem["actions"] = []): void {
    this.work.problem = { kind: "note", message, details: null, actions };
    this.sender.mark("problem");
  }

  private useModel(modelId: string): void {
    const { report } = this;
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
    const { report } = this;
    if (this.unreadable) return;
    this.dormant = false;
    if (report && model === report.now.model && JSON.stringify(prompt) === JSON.stringify(report.now.prompt)) return;
    if (report && (keep || this.grown || this.file.name !== null)) {
      this.change({ type: "begin", model, prompt });
      return;
    }
    this.resting.drop();
    const spec = { model, prompt, sampler: report?.sampler ?? plainSampler, seed: report?.seed ?? defaultSeed };
    this.record.begin(spec);
    this.report = startReport(spec);
    if (report?.rival) this.apply({ type: "rival", rival: report.rival.rival });
    this.sender.markAll();
    this.pursue();
  }

  /** A change by the person: what was being done is over, and what is missing now is asked for. */
  private change(event: ExplorerEvent): void {
    this.work.cancel();
    this.apply(event);
    this.wake();
    this.pursue();
  }

  /** A file's exploration asks a model again as soon as somebody stands where it holds no answer. */
  private wake(): void {
    const { now, outlooks } = this.needReport();
    if (!outlooks.has(now.tree.hand)) this.dormant = false;
  }

  private apply(event: ExplorerEvent): void {
    this.settle();
    this.record.append(event);
    this.add(event);
  }

  /** Shown at once, recorded when it rests. */
  private rest(key: string, event: ExplorerEvent): void {
    this.add(event);
    this.resting.add(key, event);
  }

  private add(event: ExplorerEvent): void {
    const before = this.needReport();
    this.report = addEvent(before, event);
    this.sender.mark(...changedParts(before, this.report));
  }

  /** Asks models for what is missing. Only the latest state counts: what was asked for an earlier one is dropped. */
  private pursue(): void {
    const { report } = this;
    if (!report || !this.sender.started) return;
    const want = wanted(report, () => false);
    if (!want) {
      if (this.pursuing) this.work.cancel();
      return;
    }
    if (this.dormant) return;
    if (this.refusesUntrusted() || this.refusesGone(want.modelId)) return;
    this.dormant = false;
    this.setFile({ withoutModel: false });
    this.pursuing = true;
    const asked = this.work.run(wantMessage(want), async (signal) => {
      for await (const event of complete(report, this.work.engine, signal, (each) =>
        this.work.say(wantMessage(each)),
      )) {
        signal.throwIfAborted();
        this.apply(event);
        if (event.type === "outlook" && this.wish) return;
      }
      const next = this.work.capabilities(report.now.model.id)?.next;
      if (next?.available === false) throw new EngineError("unsupported", next.reason);
    });
    void asked.then(() => {
      if (!this.work.running) this.pursuing = false;
      return this.fulfil();
    });
  }

  /** Goes on with the token that was asked for: the one of that id where it means the same here, else its text. */
  private async fulfil(): Promise<void> {
    const { wish, report } = this;
    const outlook = report?.outlooks.get(report.now.tree.hand);
    if (!wish || !outlook) return;
    this.wish = undefined;
    if (outlook.entries.some(({ id, text }) => id === wish.id && text === wish.text)) this.take(wish.id!, true);
    else await this.write(wish.text).catch((error: unknown) => this.work.fail(error));
  }

  private refusesUntrusted(): boolean {
    if (workspace.isTrusted) return false;
    this.tell(l10n.t("Models are not run in a folder that you have not trusted: its files could be made to mislead."), [
      "trust",
    ]);
    return true;
  }

  /** Says so when a saved exploration's model is not here. */
  private refusesGone(modelId: string): boolean {
    if (this.services.models.get(modelId)) return false;
    const name = this.report?.now.model.name ?? modelId;
    this.setFile({ withoutModel: true });
    this.tell(l10n.t("The model {0} is not here. What was saved is shown; choose another model to go on.", name), [
      "pickModel",
    ]);
    return true;
  }

  /** The one that was chosen, or the default for the form of the prompt. */
  private defaultModel(as: PromptAs): ExploredModel {
    return this.facts(this.preferred ?? this.services.models.defaultFor(as === "chat" ? "chat" : "base"));
  }

  private facts(modelId: string): ExploredModel {
    return factsOf(this.services.models, modelId, this.report?.now.model);
  }

  private needReport(): ExplorerReport {
    if (!this.report)
      throw new UserError(l10n.t("There is no prompt yet. Open a file in an editor, or write one here."));
    return this.report;
  }
}

/** Any number would do; this one makes the first tosses of a new panel the same for everybody. */
const defaultSeed = 7;
