import type {
  AreaView,
  CalibrationView,
  Dot,
  Figures,
  FitView,
  ReliabilityView,
} from "../../../webview/hallucination/figures";
import { bucketWords, type Calibration } from "../../experiments/hallucination/calibration";
import { enoughTruthMass, type ScoreFit, scoreOf } from "../../experiments/hallucination/controls";
import { cannotTellWords, unusableWords } from "../../experiments/hallucination/controlWords";
import type { Reading } from "../../experiments/hallucination/reading";
import type { KnowingVerdict } from "../../experiments/hallucination/verdict";
import type { Area } from "../../experiments/statistics/auroc";
import type { Reliability } from "../../experiments/statistics/reliability";
import { finite, rateView } from "../runs/rates";

/** An item with what its answers show. */
export interface Judged {
  readonly reading: Reading;
  readonly verdict: KnowingVerdict;
}

/** A run's figures as the panel is sent them. */
export function figuresView({
  judged,
  fits,
  judge,
  open,
  provisional,
}: {
  /** Closed books with all their answers. */
  readonly judged: readonly Judged[];
  readonly fits: readonly ScoreFit[];
  readonly judge: Figures["judge"];
  readonly open: number;
  readonly provisional: boolean;
}): Figures {
  const verdicts = { knows: 0, consistentlyWrong: 0, guesses: 0, saysItDoesNotKnow: 0, cannotTell: 0 };
  for (const { reading, verdict } of judged) if (reading.cell.of.group === "asked") verdicts[verdict.verdict]++;
  const readings = judged.map(({ reading }) => reading);
  const canTell = fits.some(({ usable }) => usable);
  return {
    fits: fits.map((fit) => fitView(fit, readings)),
    canTell,
    why: canTell ? null : cannotTellWords(fits),
    judge,
    verdicts,
    open,
    provisional,
  };
}

function fitView(fit: ScoreFit, readings: readonly Reading[]): FitView {
  const { name, area, knownMedian, inventedMedian, threshold, mass, usable } = fit;
  const dots = (group: "known" | "invented"): Dot[] =>
    readings
      .filter(({ cell }) => cell.of.group === group)
      .flatMap(({ cell: { item, of }, scores }): Dot[] => {
        const value = scoreOf(scores, name);
        return value === undefined ? [] : [{ item, name: of.entity ?? of.text, value }];
      })
      .sort((a, b) => a.value - b.value);
  return {
    ...{ name, knownMedian, inventedMedian, threshold, usable },
    known: dots("known"),
    invented: dots("invented"),
    area: areaView(area),
    mass: mass ?? null,
    why: usable ? null : unusableWords(fit),
  };
}

export function areaView({ area, low, high, positives, negatives }: Area): AreaView {
  return { area: finite(area), low, high, positives, negatives };
}

type CalibrationTables = Pick<CalibrationView, "rows" | "wrong" | "truth" | "greedy" | "truthMass" | "truthUsable">;

/** How far to trust each score, as the panel is sent it. */
export function calibrationTables({ rows, wrong, truth, greedy, truthMass }: Calibration): CalibrationTables {
  const areas = (found: Calibration["wrong"]) => found.map(({ name, area }) => ({ name, area: areaView(area) }));
  return {
    rows: rows.map(({ bucket, kind, people, right, refused, madeUp, areas: found }) => ({
      bucket: bucketWords({ bucket, kind }),
      people,
      right: rateView(right),
      refused: rateView(refused),
      madeUp: rateView(madeUp),
      areas: areas(found),
    })),
    wrong: areas(wrong),
    truth: reliabilityView(truth),
    greedy: reliabilityView(greedy),
    truthMass: finite(truthMass),
    truthUsable: truthMass >= enoughTruthMass,
  };
}

function reliabilityView({ bins, error, brier, forecasts }: Reliability): ReliabilityView {
  return {
    bins: bins.map(({ from, to, claimed, seen }) => ({ from, to, claimed, seen: rateView(seen) })),
    error: finite(error),
    brier: finite(brier),
    forecasts,
  };
}
