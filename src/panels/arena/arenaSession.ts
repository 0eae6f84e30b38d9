import { type Disposable, l10n, type Uri, workspace } from "vscode";
import type { ArenaState, panelContract, RunView } from "../../../webview/arena/protocol";
import type { Cost, ModelView, Prompts, Setup } from "../../../webview/arena/setup";
import { runArena } from "../../experiments/arena/run";
import { type ArenaEvent, type ArenaSpec, answersIn, matchesIn } from "../../experiments/arena/spec";
import { stagePrompts } from "../../experiments/arena/stages";
import type { Engine } from "../../inference/engine";
import { DisposableStore } from "../../platform/disposables";
import { UserError } from "../../platform/userError";
import type { Remote } from "../../rpc/rpc";
import { formatCount } from "../../tokens/format";
import { ModelWork } from "../runs/modelWork";
import { beginRun } from "../runs/openRun";
import { refuseBusy, refuseGone, refuseUntrusted } from "../runs/refusals";
import { folderText, recentRuns, runFolder, runName } from "../runs/runFolder";
import { RunWork } from "../runs/runWork";
import { StateSender } from "../runs/stateSender";
import { type ArenaRun, arenaRuns } from "./arenaRun";
import type { SessionServices } from "./arenaServices";
import { LiveTexts } from "./liveTexts";
import { listedRuns, promptsView, shortName } from "./promptSource";
import { runView } from "./runView";
import { SetupState } from "./setupState";
import { firstSetup, setupOf } from "./setups";
import { ShownRun } from "./shownRun";

/** Opens another panel with a setup and runs it; `origin` is the run whose prompts it may mean. */
export type BeginElsewhere = (setup: Setup, origin: ArenaSpec) => Promise<void>;

/** The place a session is shown in. */
export interface SessionHome {
  /** It shows one file for good: runs begin elsewhere. */
  readonly bound: { readonly beginElsewhere: BeginElsewhere } | undefined;
  /** Another run is shown, or none. */
  readonly renamed: () => void;
}

/** One arena: what is set up, the run that is shown, the models that are asked. */
export class ArenaSession implements Disposable {
  private readonly store = new DisposableStore();
  private readonly work: ModelWork;
  private readonly sender: StateSender<ArenaState>;
  private readonly live: LiveTexts;
  private readonly asking: RunWork<ArenaEvent, ArenaRun>;
  readonly setup: SetupState;
  private run: ShownRun | undefined;
  /** The run whose prompts the setup means, where it is shown elsewhere or no more. */
  private origin: ArenaSpec | undefined;
  private beginning = false;
  private recent: ArenaState["recent"] = [];

  constructor(
    private readonly services: SessionServices,
    private readonly panel: Remote<typeof panelContract>,
    private readonly home: SessionHome,
  ) {
    const { models, log } = services;
    this.sender = this.store.add(new StateSender((parts) => panel.tell("update", parts), this.parts));
    this.work = new ModelWork(models, log, "arena", () => this.sender.mark("busy", "problem", "models"));
    this.live = new LiveTexts((answer) => this.run?.shows(answer) && this.sender.mark("sheet"));
    this.asking = new RunWork(this.work, {
      events: (run, engines, signal) => this.askedEvents(run, engines, signal),
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ report }) => l10n.t("The {0} answers that came before are kept.", formatCount(report.answers.size)),
      live: () => this.live,
      clear: () => this.live.clear(),
      told: () => this.sender.mark("running"),
      ended: () => this.sender.mark("run", "voting", "pair", "sheet"),
    });
    this.setup = new SetupState(
      firstSetup(models.defaultFor("chat"), this.another(models.defaultFor("chat"))),
      (id) => models.get(id)?.name ?? id,
      () => this.run?.open.report.spec ?? this.origin,
      () => this.setupChanged(),
      () => this.sender.mark("prompts", "cost", "run"),
    );
    this.store.add(models.onDidChange(() => this.sender.mark("models", "called")));
    this.store.add(workspace.onDidGrantWorkspaceTrust(() => this.trusted()));
  }

  /** The panel can show things from now on. */
  async start(): Promise<void> {
    this.sender.start();
    this.remember();
    void this.listRecent();
    await this.setup.find();
  }

  /** A name for the title bar and for exports. */
  get name(): string | undefined {
    const spec = this.run?.open.report.spec;
    return spec && shortName(spec);
  }

  /** Whether something else can be set up here: nothing is asked, and no votes would go out of sight. */
  get free(): boolean {
    return !this.work.running && (this.run?.open.report.votes.size ?? 0) === 0;
  }

  /** Sets other prompts up; a run that is shown makes way, it is saved. */
  ask(prompts: Prompts): void {
    if (this.run) this.leave();
    this.setup.use(prompts);
  }

  /** Takes back what the panel had kept over a reload. */
  restore(setup: Setup, origin?: ArenaSpec): void {
    this.origin = origin;
    this.setup.replace(setup);
  }

  /** Shows a saved run; `itsSetup` takes its settings over. Rejects where it cannot be read. */
  async showRun(uri: Uri, itsSetup: boolean): Promise<void> {
    const open = await this.services.runs.open(uri);
    this.show(open);
    if (itsSetup) this.setup.replace(setupOf(open.report.spec));
  }

  /** Says what went wrong. */
  complain(error: unknown): void {
    this.work.fail(error);
  }

  useRunsSetup(): void {
    this.setup.takeFrom(this.needShown().open.report.spec);
  }

  async pickModel(contestant: string): Promise<void> {
    const current = this.setup.setup.contestants.find(({ id }) => id === contestant)?.model;
    const chosen = await this.pick(l10n.t("Compare which model?"), current);
    if (chosen !== undefined) this.setup.useModel(contestant, chosen);
  }

  async addContestant(): Promise<void> {
    this.setup.refuseFull();
    const chosen = await this.pick(l10n.t("Compare with which model?"), this.setup.setup.contestants.at(-1)?.model);
    if (chosen !== undefined) this.setup.addContestant(chosen);
  }

  /** Starts a new run of the setup. */
  async begin(): Promise<void> {
    refuseUntrusted();
    refuseBusy(this.work);
    // Pressed twice, Run begins one run.
    if (this.beginning) return;
    this.beginning = true;
    try {
      await this.setup.find();
      const { bound } = this.home;
      if (bound) await bound.beginElsewhere(this.setup.setup, this.needShown().open.report.spec);
      else void this.asking.goOn(await this.newRun(this.setup.newSpec()));
    } finally {
      this.beginning = false;
    }
  }

  /** The setup's prompts across the three stages of the specimen, at once. */
  async compareStages(): Promise<void> {
    await this.setup.find();
    this.setup.useStages(stagePrompts);
    await this.begin();
  }

  async goOn(): Promise<void> {
    const { open } = this.needShown();
    refuseUntrusted();
    refuseBusy(this.work);
    const { spec, models } = open.report;
    const wanted = spec.contestants.map(({ model }) => ({
      id: model,
      name: models.find(({ id }) => id === model)?.name,
    }));
    refuseGone(this.services.models, open, wanted);
    void this.asking.goOn(open);
  }

  pause(): Promise<void> {
    return this.asking.pause();
  }

  async stop(): Promise<void> {
    if (this.asking.running) return this.asking.stop();
    const { open } = this.needShown();
    if (open.report.ended === undefined) open.add({ type: "ended", reason: "stopped" });
  }

  startOver(): void {
    refuseBusy(this.work);
    this.leave();
    void this.listRecent();
  }

  cancel(): void {
    this.work.cancel();
  }

  /** Goes on with the run that was interrupted. */
  retry(): void {
    this.work.problem = null;
    this.sender.mark("problem");
    const open = this.run?.open;
    if (open && open.report.ended === undefined && open.done < open.total) {
      void this.goOn().catch((error: unknown) => this.complain(error));
    }
  }

  /** The run that is shown. Throws UserError where there is none. */
  needShown(): ShownRun {
    if (!this.run) throw new UserError(l10n.t("There is no run yet. Press Run, or open a saved one."));
    return this.run;
  }

  dispose(): void {
    this.sender.dispose();
    this.work.cancel();
    this.close();
    this.store.dispose();
  }

  /** Everything the panel shows, part by part. */
  private readonly parts: { readonly [K in keyof ArenaState]: () => ArenaState[K] } = {
    setup: () => this.setup.setup,
    models: () => this.setup.setup.contestants.map(({ model }) => this.modelView(model)),
    called: () => this.setup.called,
    prompts: () => promptsView(this.setup.found),
    cost: () => this.cost(),
    canUndo: () => this.setup.canUndo,
    run: () => this.runView(),
    running: () => this.running(),
    voting: () => this.run?.voting ?? null,
    pair: () => this.run?.pair ?? null,
    ranking: () => this.run?.ranking ?? null,
    sheet: () => this.run?.sheet(this.live) ?? null,
    recent: () => this.recent,
    folder: () => folderText(this.services.storage),
    busy: () => this.work.busy,
    problem: () => this.work.problem,
  };

  private async *askedEvents(
    { report }: ArenaRun,
    engines: (model: string, signal: AbortSignal) => Promise<Engine>,
    signal: AbortSignal,
  ): AsyncGenerator<ArenaEvent> {
    const done: ArenaEvent[] = [
      ...report.models.map((model): ArenaEvent => ({ type: "model", model })),
      ...report.answers.values(),
    ];
    for await (const event of runArena(report.spec, engines, signal, done, this.live)) {
      if (event.type === "answer") this.live.whole(event);
      yield event;
    }
  }

  /** While answers come. Of hidden contestants neither tokens nor speed are told: they would be a hint. */
  private running(): ArenaState["running"] {
    const { running } = this.asking;
    return running && this.run?.open.blind ? { ...running, tokens: 0, tokensPerSecond: null } : running;
  }

  private runView(): RunView | null {
    const { run, setup } = this;
    return run ? runView(run.open, setup, (id) => this.modelView(id).name) : null;
  }

  private modelView(id: string): ModelView {
    const { models } = this.services;
    const entry = models.get(id);
    const sample = this.work.capabilities(id)?.sample;
    return {
      id,
      name: entry?.name ?? id,
      kind: entry?.kind ?? "gguf",
      present: entry !== undefined,
      missing: sample && !sample.available ? sample.reason : null,
    };
  }

  private cost(): Cost | null {
    const { setup, found } = this.setup;
    if (found.list.length === 0) return null;
    const sizes = { ...setup, prompts: found.list };
    const each = found.list.length * setup.rounds;
    return {
      answers: answersIn(sizes),
      tokensAtMost: setup.contestants.reduce((sum, { maxTokens }) => sum + maxTokens * each, 0),
      pairs: matchesIn(sizes),
    };
  }

  /** A model to compare with. */
  private another(model: string): string {
    const others = this.services.models.list().filter(({ id, roles }) => id !== model && roles.includes("chat"));
    return (others.find(({ kind }) => kind === "builtIn") ?? others[0])?.id ?? model;
  }

  private pick(title: string, current: string | undefined): Promise<string | undefined> {
    return this.services.models.pick({ title, needs: "sample", ...(current !== undefined && { current }) });
  }

  private async newRun(spec: ArenaSpec): Promise<ArenaRun> {
    const now = new Date();
    const folder = runFolder(this.services.storage);
    const by = this.services.writtenBy;
    const open = await beginRun(arenaRuns, folder, runName(shortName(spec), now), { spec, by, now });
    this.services.runs.adopt(open);
    this.show(open);
    return open;
  }

  private show(open: ArenaRun): void {
    this.close();
    this.run = new ShownRun(open, {
      added: (event) => this.added(event),
      turned: () => this.sender.mark("pair", "sheet"),
      ranked: () => this.sender.mark("ranking"),
      failed: (error) => {
        this.work.cancel();
        this.complain(error);
      },
    });
    this.shownChanged();
  }

  private leave(): void {
    this.close();
    this.shownChanged();
  }

  private close(): void {
    const { run } = this;
    if (!run) return;
    this.origin = run.open.report.spec;
    this.run = undefined;
    run.dispose();
    this.services.runs.close(run.open);
  }

  private shownChanged(): void {
    this.home.renamed();
    this.remember();
    this.sender.markAll();
  }

  private added(event: ArenaEvent): void {
    if (event.type === "vote" || event.type === "revealed") this.sender.mark("run", "voting", "pair", "ranking");
    else this.sender.mark("run", "voting", "pair", "sheet");
  }

  private setupChanged(): void {
    this.sender.mark("setup", "models", "called", "prompts", "cost", "canUndo", "run");
    this.remember();
  }

  /** What the panel gives back after a reload. */
  private remember(): void {
    if (!this.sender.started) return;
    const run = this.home.bound ? null : (this.run?.open.uri.toString() ?? null);
    this.panel.tell("remember", { run, setup: this.setup.setup });
  }

  private async listRecent(): Promise<void> {
    try {
      this.recent = await recentRuns(runFolder(this.services.storage), listedRuns);
      this.sender.mark("recent");
    } catch (error) {
      // The list is a way in among others; what was wrong with the folder stands in the log.
      this.services.log.error("saved runs not listed", error);
    }
  }

  /** What only waited for trust can be asked for now. */
  private trusted(): void {
    if (this.work.problem?.kind === "note") this.work.problem = null;
    this.sender.mark("problem");
  }
}
