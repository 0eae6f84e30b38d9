import { fewestControls, type Placement, place, type ScoreFit, type ScoreName, scoreOf } from "./controls";
import type { Reading } from "./reading";

/** What an item's answers show; the words are the panel's. */
export type VerdictClass = "knows" | "consistentlyWrong" | "guesses" | "saysItDoesNotKnow" | "cannotTell";

/** A score of the item beside its controls. */
export interface Evidence {
  readonly fit: ScoreFit;
  readonly value: number;
  readonly placement: Placement;
}

export interface KnowingVerdict {
  readonly verdict: VerdictClass;
  /**
   * Well supported: every score that separates the controls (two at least) is on this side. Leaning: most are. Weak: fewer,
   * or only one score separates them. Undefined where the probe cannot tell.
   */
  readonly confidence: "wellSupported" | "leaning" | "weak" | undefined;
  /** The score that decided: semantic entropy where it separates the controls, else the one that does so best. */
  readonly decidedBy: ScoreName | undefined;
  /** Every score with controls, also those that separate nothing. */
  readonly evidence: readonly Evidence[];
  /** Why it cannot tell. */
  readonly reason: "noAnswers" | "noControls" | "tooFewControls" | "controlsOverlap" | undefined;
  /** Consistent answers were held against a reference. Without one, knowing and consistently wrong look the same. */
  readonly checked: boolean;
}

/**
 * The verdict on an item asked closed book. A refusal is what most answers say; everything else is decided by thresholds
 * fitted on the controls, never by constants. "Knows" without a reference is at most leaning.
 */
export function verdictOf(reading: Reading, fits: readonly ScoreFit[]): KnowingVerdict {
  const { scores, answers } = reading;
  const evidence = fits.flatMap((fit): Evidence[] => {
    const value = scoreOf(scores, fit.name);
    return value === undefined ? [] : [{ fit, value, placement: place(fit, value) }];
  });
  const held = answers.some(({ right }) => right !== undefined);
  const base = { evidence, checked: held, decidedBy: undefined, confidence: undefined, reason: undefined };
  if (answers.length === 0) return { ...base, verdict: "cannotTell", reason: "noAnswers" };
  if (scores.refusals.rate > 0.5) {
    const confidence = scores.refusals.low > 0.5 ? "wellSupported" : "leaning";
    return { ...base, verdict: "saysItDoesNotKnow", confidence };
  }
  if (evidence.length === 0) return { ...base, verdict: "cannotTell", reason: "noControls" };
  const usable = evidence.filter(({ fit }) => fit.usable);
  const deciding =
    usable.find(({ fit }) => fit.name === "semanticEntropy") ??
    usable.toSorted((a, b) => b.fit.area.area - a.fit.area.area)[0];
  if (!deciding) {
    const few = evidence.every(
      ({ fit: { known, invented } }) => Math.min(known.length, invented.length) < fewestControls,
    );
    return { ...base, verdict: "cannotTell", reason: few ? "tooFewControls" : "controlsOverlap" };
  }
  const { side } = deciding.placement;
  const agreeing = usable.filter(({ placement }) => placement.side === side).length;
  const support =
    usable.length < 2
      ? "weak"
      : agreeing === usable.length
        ? "wellSupported"
        : agreeing * 2 > usable.length
          ? "leaning"
          : "weak";
  const decided = { ...base, decidedBy: deciding.fit.name };
  if (side === "invented") return { ...decided, verdict: "guesses", confidence: support };
  if (!held) return { ...decided, verdict: "knows", confidence: support === "wellSupported" ? "leaning" : support };
  const verdict = scores.agreement.rate >= 0.5 ? "knows" : "consistentlyWrong";
  return { ...decided, verdict, confidence: support };
}
