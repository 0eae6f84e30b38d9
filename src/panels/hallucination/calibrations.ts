import * as v from "valibot";
import type { Memento } from "vscode";
import { type CalibrationView, calibration } from "../../../webview/hallucination/figures";
import { type Calibration, calibratingReadings } from "../../experiments/hallucination/calibration";
import type { Reading } from "../../experiments/hallucination/reading";
import type { Models } from "../../models/models";
import { inSlices } from "../../tokens/slices";
import { baseName } from "../baseName";
import { calibrationTables } from "./figuresView";
import type { ProbeRun } from "./probeRun";

const key = "probe.calibrations";
const kept = v.object({ calibration, fingerprint: v.nullable(v.string()) });
type Kept = v.InferOutput<typeof kept>;

/** The last calibration of each model: how far to trust the probe on it. */
export class Calibrations {
  constructor(
    private readonly memento: Memento,
    private readonly models: Models,
  ) {}

  /** Of a model; null where there is none. It is outdated where the model's weights are others now. */
  of(modelId: string): CalibrationView | null {
    const read = v.safeParse(kept, this.all()[modelId]);
    if (!read.success) return null; // none yet, or one that an older version kept
    const { calibration: found, fingerprint } = read.output;
    const state = this.models.get(modelId)?.state;
    const now = state?.kind === "ready" ? state.facts.fingerprint : undefined;
    return { ...found, outdated: fingerprint !== null && now !== undefined && now !== fingerprint };
  }

  /** Takes a calibration in that came to its end; its tables are made in slices. */
  async learn(run: ProbeRun): Promise<void> {
    const view = await inSlices(calibrating(run), new AbortController().signal);
    const probed = run.report.models.find(({ role }) => role === "probed");
    if (view) await this.keep(view, probed?.model.fingerprint);
  }

  private async keep(view: CalibrationView, fingerprint: string | undefined): Promise<void> {
    const entry: Kept = { calibration: view, fingerprint: fingerprint ?? null };
    await this.memento.update(key, { ...this.all(), [view.model.id]: entry });
  }

  private all(): Readonly<Record<string, unknown>> {
    return this.memento.get<Record<string, unknown>>(key, {});
  }
}

/** The tables of a run that is a calibration. */
export function calibrationView(run: ProbeRun, found: Calibration): CalibrationView {
  const { spec, models, ended } = run.report;
  const model = models.find(({ role }) => role === "probed")?.model;
  return {
    model: { id: spec.probed, name: model?.name ?? spec.probed },
    file: { name: baseName(run.uri), uri: run.uri.toString() },
    created: run.created,
    exposure: spec.items.some(({ seen }) => seen !== undefined),
    ...{ samples: spec.samples, seed: spec.seed },
    outdated: false,
    provisional: ended !== "done",
    ...calibrationTables(found),
  };
}

/** The same from its answers, with pauses. */
function* calibrating(run: ProbeRun): Generator<void, CalibrationView> {
  const readings: Reading[] = [];
  for (const cell of run.closed()) {
    readings.push(run.read(cell));
    yield;
  }
  return calibrationView(run, yield* calibratingReadings(readings));
}
