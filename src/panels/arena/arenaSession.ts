import { l10n } from "vscode";
import type { ArenaState, panelContract, RunView } from "../../../webview/arena/protocol";
import type { Cost, ModelView, Prompts, Setup } from "../../../webview/arena/setup";
import { runArena } from "../../experiments/arena/run";
import { type AnswerId, type ArenaEvent, answerKey, answersIn, matchesIn } from "../../experiments/arena/spec";
import { stagePrompts } from "../../experiments/arena/stages";
import type { Engine } from "../../inference/engine";
import type { Remote } from "../../rpc/rpc";
import { LiveAnswers } from "../runs/liveAnswers";
import type { RunSessionServices } from "../runs/runSession";
import { RunSession, type SessionHome } from "../runs/runSession";
import { keptAnswers, RunWork } from "../runs/runWork";
import { type ArenaRun, arenaRuns } from "./arenaRun";
import { listedRuns, promptsView, shortName } from "./promptSource";
import { runView } from "./runView";
import { SetupState } from "./setupState";
import { firstSetup, setupOf } from "./setups";
import { ShownRun } from "./shownRun";

/** One arena: what is set up, the run that is shown, the models that are asked. */
export class ArenaSession extends RunSession<Setup, ArenaRun, ShownRun, ArenaState> {
  private readonly live: LiveAnswers<AnswerId>;
  protected readonly loop: RunWork<ArenaEvent, ArenaRun>;
  readonly setup: SetupState;
  constructor(
    services: RunSessionServices<ArenaRun>,
    panel: Remote<typeof panelContract>,
    home: SessionHome<Setup, ArenaRun>,
  ) {
    super({ name: "arena", listed: listedRuns }, services, panel, home);
    const { models } = services;
    this.live = this.store.add(
      new LiveAnswers<AnswerId>({
        key: answerKey,
        inView: (answer) => this.run?.shows(answer) ?? false,
        // A sheet is small: it comes again whole.
        send: () => this.sender.mark("sheet"),
      }),
    );
    this.loop = new RunWork(this.work, {
      events: (run, engines, signal) => this.askedEvents(run, engines, signal),
      stopped: (run) => run.add({ type: "ended", reason: "stopped" }),
      kept: ({ report }) => keptAnswers(report.answers.size),
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
  }

  override async start(): Promise<void> {
    await super.start();
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

  /** The setup's prompts across the three stages of the specimen, at once. */
  async compareStages(): Promise<void> {
    await this.setup.find();
    this.setup.useStages(stagePrompts);
    await this.begin();
  }

  /** Everything the panel shows, part by part. */
  protected readonly parts: { readonly [K in keyof ArenaState]: () => ArenaState[K] } = {
    ...this.common(),
    models: () => this.setup.setup.contestants.map(({ model }) => this.modelView(model)),
    called: () => this.setup.called,
    prompts: () => promptsView(this.setup.found),
    cost: () => this.cost(),
    run: () => this.runView(),
    running: () => this.running(),
    voting: () => this.run?.voting ?? null,
    pair: () => this.run?.pair ?? null,
    ranking: () => this.run?.ranking ?? null,
    sheet: () => this.run?.sheet(this.live) ?? null,
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
    const { running } = this.loop;
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

  protected setupOf({ report }: ArenaRun): Setup {
    return setupOf(report.spec);
  }

  protected newRun(): Promise<ArenaRun> {
    const spec = this.setup.newSpec();
    return this.create(arenaRuns, spec, shortName(spec));
  }

  protected modelsOf({ report: { spec, models } }: ArenaRun): { id: string; name: string | undefined }[] {
    return spec.contestants.map(({ model }) => ({ id: model, name: models.find(({ id }) => id === model)?.name }));
  }

  protected look(open: ArenaRun, failed: (error: Error) => void): ShownRun {
    return new ShownRun(open, {
      added: (event) => this.added(event),
      turned: () => this.sender.mark("pair", "sheet"),
      ranked: () => this.sender.mark("ranking"),
      failed,
    });
  }

  private added(event: ArenaEvent): void {
    if (event.type === "vote" || event.type === "revealed") this.sender.mark("run", "voting", "pair", "ranking");
    else this.sender.mark("run", "voting", "pair", "sheet");
  }

  private setupChanged(): void {
    this.sender.mark("setup", "models", "called", "prompts", "cost", "canUndo", "run");
    this.remember();
  }
}
