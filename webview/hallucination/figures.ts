/** The figures of a probe as the host sends them; null in place of what JSON cannot say (a rate of no trials, an area of none). */
import * as v from "valibot";
import { rate } from "../runs/rates";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/**
 * Scores that may tell knowing from making up: `scoreNames` of src/experiments/hallucination/controls.ts. More is more like
 * making up, but for "truth" (P(True)), where less is.
 */
export const scoreName = v.picklist(["semanticEntropy", "naiveEntropy", "greedySurprisal", "truth", "refusals"]);
export type ScoreName = v.InferOutput<typeof scoreName>;

/** AUROC with its 95 % interval. */
const area = v.object({
  area: v.nullable(share),
  low: share,
  high: share,
  positives: natural,
  negatives: natural,
});
export type AreaView = v.InferOutput<typeof area>;

/** A control's value of a score: a dot. */
const dot = v.object({
  /** Id of its item. */
  item: v.string(),
  name: v.string(),
  value: v.number(),
});
export type Dot = v.InferOutput<typeof dot>;

/** What the controls say of a score. */
const fit = v.object({
  name: scoreName,
  /** Ascending. */
  known: v.array(dot),
  invented: v.array(dot),
  area,
  knownMedian: v.number(),
  inventedMedian: v.number(),
  /** Midway between the medians. */
  threshold: v.number(),
  /** Of P(True): median probability that the model says True or False at all; null for other scores. */
  mass: v.nullable(v.number()),
  /** False: it decides nothing here. */
  usable: v.boolean(),
  /** Why not, in words; null when it is usable. */
  why: v.nullable(v.string()),
});
export type FitView = v.InferOutput<typeof fit>;

/** Whether the judge is believed, by known pairs; `usable` false: answers are grouped by their words alone. */
const judge = v.object({ pairs: natural, right: natural, balanced: share, unclear: natural, usable: v.boolean() });

export const figures = v.object({
  /** In the order of the scores; those without values are left out. */
  fits: v.array(fit),
  /** At least one score tells the controls apart. False: "Cannot tell here". */
  canTell: v.boolean(),
  /** Why not, in words; null when it can. */
  why: v.nullable(v.string()),
  /** Null before it was tried, and without one. */
  judge: v.nullable(judge),
  /** Verdicts on the person's own questions; for one question all but one are 0. */
  verdicts: v.object({
    knows: natural,
    consistentlyWrong: natural,
    guesses: natural,
    saysItDoesNotKnow: natural,
    cannotTell: natural,
  }),
  /** Questions that are not whole yet. */
  open: natural,
  /** The run still goes on, or ended before all was asked. */
  provisional: v.boolean(),
});
export type Figures = v.InferOutput<typeof figures>;

const reliability = v.object({
  /** Those with forecasts, ascending. */
  bins: v.array(v.object({ from: share, to: share, claimed: share, seen: rate })),
  /** Expected calibration error, and Brier's score; null of no forecasts. */
  error: v.nullable(v.number()),
  brier: v.nullable(v.number()),
  forecasts: natural,
});
export type ReliabilityView = v.InferOutput<typeof reliability>;

const areas = v.array(v.object({ name: scoreName, area }));

/** How far to trust each score on a model. */
export const calibration = v.object({
  model: v.object({ id: v.string(), name: v.string() }),
  /** The run it is from; null while that is not saved. */
  file: v.nullable(v.object({ name: v.string(), uri: v.string() })),
  /** ISO 8601. */
  created: v.string(),
  /** Documents of its training were counted (the specimen); else well-known names against invented ones. */
  exposure: v.boolean(),
  samples: natural,
  seed: natural,
  /** The model's weights are others now. */
  outdated: v.boolean(),
  /** Not all was asked. */
  provisional: v.boolean(),
  rows: v.array(
    v.object({
      /** "0", "1–3", "4–20", "21+", "known" or "invented". */
      bucket: v.string(),
      people: natural,
      right: rate,
      refused: rate,
      /** Neither right nor a refusal. */
      madeUp: rate,
      /** How well each score tells the never seen from these; empty for the never seen themselves. */
      areas,
    }),
  ),
  /** How well each score tells wrong greedy answers from right ones. */
  wrong: areas,
  /** P(True), and the greedy answer's mean token probability, against being right. */
  truth: reliability,
  greedy: reliability,
  /** Mean probability that the model says True or False at all; null where it was not asked. */
  truthMass: v.nullable(v.number()),
  /** False: P(True) is no opinion here. */
  truthUsable: v.boolean(),
});
export type CalibrationView = v.InferOutput<typeof calibration>;
