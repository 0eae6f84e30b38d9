import type { Memento } from "vscode";
import type { Engine } from "../../inference/engine";
import type { Models } from "../../models/models";

const key = "reasoning.paces";

/** How fast models were, tokens a second with all their answers together: of the last run, or else as measured since. */
export class Paces {
  constructor(
    private readonly memento: Memento,
    private readonly models: Models,
  ) {}

  of(ids: readonly string[]): ReadonlyMap<string, number> {
    const kept = this.memento.get<Record<string, number>>(key, {});
    return new Map(
      ids.flatMap((id): [string, number][] => {
        const state = this.models.get(id)?.state;
        const pace = kept[id] ?? (state?.kind === "ready" ? state.running.tokensPerSecond : undefined);
        return pace === undefined ? [] : [[id, pace]];
      }),
    );
  }

  async keep(id: string, pace: number): Promise<void> {
    await this.memento.update(key, { ...this.memento.get<Record<string, number>>(key, {}), [id]: pace });
  }

  /**
   * A few tokens of the built-in model tell how fast it is here, so that the first forecast can say how long a run takes.
   * Other models are not asked before somebody presses Run: they may cost, or take long to load.
   */
  async try(id: string, measure: (engine: Engine) => Promise<number | undefined>, signal: AbortSignal): Promise<void> {
    if (this.models.get(id)?.kind !== "builtIn" || this.of([id]).size > 0) return;
    try {
      const pace = await measure(await this.models.engine(id, { signal }));
      if (pace !== undefined) await this.keep(id, pace);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
