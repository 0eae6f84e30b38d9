import type { Stage, StageKind } from "../../src/experiments/explorer/stages";
import type { Derived } from "./derived";

/** One column of the table: a stage, or one that is shown while it is off. */
export interface Column {
  readonly kind: StageKind;
  /** Undefined while the stage is off; its cells repeat those before it then. */
  readonly stage: Stage | undefined;
  /** Stage whose numbers stand in the column. */
  readonly shown: Stage;
  /** Stage before it; the tick in the bars. */
  readonly before: Stage | undefined;
  /** What tokens are drawn from. */
  readonly final: boolean;
}

const order: readonly StageKind[] = ["raw", "repetitionPenalty", "temperature", "topK", "topP", "minP"];

/** The columns in the sampler's order. */
export function columnsOf({ stages, final }: Derived, extra: readonly StageKind[]): Column[] {
  const columns: Column[] = [];
  let before: Stage | undefined;
  for (const kind of order) {
    const stage = stages.find((each) => each.kind === kind);
    if (!stage && !extra.includes(kind)) continue;
    const shown = stage ?? before;
    if (!shown) continue;
    columns.push({ kind, stage, shown, before, final: stage !== undefined && stage === final });
    before = shown;
  }
  return columns;
}
