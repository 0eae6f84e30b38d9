import { l10n, workspace } from "vscode";
import type { ForecastView } from "../../../webview/runs/state";
import { defaultArms } from "../../experiments/reasoning/arms";
import { measurePace } from "../../experiments/reasoning/forecast";
import { thinkingSwitch, withoutThinking } from "../../experiments/reasoning/noThinking";
import type { ReasoningReport } from "../../experiments/reasoning/report";
import type { ReasoningSpec } from "../../experiments/reasoning/spec";
import type { Engine } from "../../inference/engine";
import { UserError } from "../../platform/commands";
import { Paces } from "../runs/paces";
import { NoteError } from "../runs/problems";
import { refuseUntrusted } from "../runs/refusals";
import type { RunSessionServices } from "../runs/runSession";
import { beginningOf, forecastView } from "./forecasts";
import { promptTokens } from "./promptTokens";
import type { ReasoningRun } from "./reasoningRun";
import type { SetupState } from "./setupState";

/** What is found out before a run: its prompts, what it will cost, and whether a model's thinking can be turned off. */
export class Preparing {
  private readonly trying = new AbortController();
  private foreseeing = new AbortController();
  private readonly paces: Paces;

  /** `told` hears of another forecast; `earlier` is the run that tells how long answers are. */
  constructor(
    private readonly services: Pick<RunSessionServices<ReasoningRun>, "models" | "log" | "memento">,
    private readonly setup: SetupState,
    private readonly earlier: () => ReasoningReport | undefined,
    private readonly told: () => void,
  ) {
    this.paces = new Paces(services.memento, services.models);
  }

  /** The prompt of a question in an arm of the setup. Rejects with UserError and EngineError. */
  async promptTokens(model: string, armId: string, question: number): ReturnType<typeof promptTokens> {
    const { setup, questions } = this.setup;
    const arm = this.setup.armAsked(armId);
    const asked = questions.list[question];
    if (!arm || !asked) throw new UserError(l10n.t("There is no question to show it with."));
    refuseUntrusted();
    const { signal } = this.trying;
    const engine = await this.services.models.engine(model, { signal });
    void this.offerNoThinking(engine);
    return promptTokens(engine, setup, arm, asked, signal);
  }

  /** What the setup's run will cost. Of several looks the last counts. */
  foresee(): void {
    this.foreseeing.abort();
    this.foreseeing = new AbortController();
    const { signal } = this.foreseeing;
    this.look(signal).catch((error: unknown) => this.services.log.error("forecast", error));
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { spec } = this.setup;
    const earlier = this.earlier();
    const seen = earlier ? { earlier: [beginningOf(earlier)] } : {};
    const view = spec && (await forecastView(spec, this.paces.of(spec.models), seen, signal));
    if (signal.aborted) return;
    this.setup.forecast = view ?? null;
    this.told();
  }

  /** What so many answers to each question of a run will cost, less those it has. */
  async forecastOf(report: ReasoningReport, samples: number): Promise<ForecastView | null> {
    const spec = { ...report.spec, samples };
    return (await forecastView(spec, this.paces.of(spec.models), { done: report }, this.trying.signal)) ?? null;
  }

  /** Takes in how fast a run was. */
  async learn({ models }: ReasoningSpec, tokensPerSecond: number): Promise<void> {
    const [model] = models;
    // With two models a pace is neither's.
    if (model === undefined || models.length > 1) return;
    await this.paces.keep(model, tokensPerSecond);
    this.foresee();
  }

  /**
   * A few tokens of the built-in model tell how fast it is here, so that the first forecast can say how long a run takes.
   * Other models are not asked before somebody presses Run: they may cost, or take long to load.
   */
  async tryPace(isBusy: () => boolean): Promise<void> {
    const { spec } = this.setup;
    const [model] = spec?.models ?? [];
    if (!spec || model === undefined || isBusy() || !workspace.isTrusted) return;
    if (this.services.models.get(model)?.kind !== "builtIn" || this.paces.of([model]).size > 0) return;
    const { signal } = this.trying;
    const pace = await measurePace(await this.services.models.engine(model, { signal }), spec, signal);
    if (pace !== undefined && !isBusy()) await this.paces.keep(model, pace);
    this.foresee();
  }

  /** Whether the thinking of the setup's first model can be turned off: then an arm for it is offered. Loads the model. */
  async findThinkingSwitch(): Promise<void> {
    refuseUntrusted();
    const [model] = this.setup.setup.models;
    const engine = await this.services.models.engine(model!, { signal: this.trying.signal });
    if (await this.offerArm(engine)) return;
    const { chat } = engine.capabilities;
    throw new NoteError(
      chat.available
        ? l10n.t("The chat template of {0} has no switch that turns its thinking off.", engine.model.name)
        : l10n.t("{0} has no chat template, so there is no thinking to turn off.", engine.model.name),
      [],
    );
  }

  /** Models whose template can turn their thinking off get an arm for it: answer at once, no thinking. */
  async offerNoThinking(engine: Engine): Promise<void> {
    try {
      await this.offerArm(engine);
    } catch (error) {
      if (!this.trying.signal.aborted) this.services.log.error("thinking of the model", error);
    }
  }

  dispose(): void {
    this.trying.abort();
    this.foreseeing.abort();
  }

  private async offerArm(engine: Engine): Promise<boolean> {
    const values = await thinkingSwitch(engine, this.trying.signal);
    const direct = defaultArms.find(({ kind }) => kind === "direct");
    if (!values || !direct) return false;
    this.setup.offer(withoutThinking(direct, values));
    return true;
  }
}
