import type { Memento } from "vscode";
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
}
