import { count, listed } from "../reasoning/words";
import { fewestControls, type Placement, separates } from "./controls";
import type { Reading } from "./reading";
import type { Interval } from "./scores";
import type { Evidence, KnowingVerdict, VerdictClass } from "./verdict";
import { capitalized, intervalWords, kindWords, numberWord, scoreNumber, scoreValue, scoreWords, times } from "./words";

/** A verdict in words: its name, what was seen, and what that rests on with how sure it is. */
export interface VerdictWords {
  readonly title: string;
  readonly seen: string;
  readonly support: string;
}

export const verdictTitles: Readonly<Record<VerdictClass, string>> = {
  knows: "Knows",
  consistentlyWrong: "Consistently wrong",
  guesses: "Guesses",
  saysItDoesNotKnow: "Says it doesn’t know",
  cannotTell: "Cannot tell here",
};

/** `interval` is that of the semantic entropy, where it is known. */
export function verdictWords(verdict: KnowingVerdict, reading: Reading, interval?: Interval): VerdictWords {
  return {
    title: verdictTitles[verdict.verdict],
    seen: seenWords(verdict, reading),
    support: supportWords(verdict, reading, interval),
  };
}

function seenWords(verdict: KnowingVerdict, reading: Reading): string {
  const said = `${saidWords(reading)}.`;
  const kind = kindWords(reading.cell.of);
  switch (verdict.verdict) {
    case "guesses":
      return `${said} It scores like the invented ${kind}, not like the known ones.`;
    case "knows":
      return verdict.checked
        ? `${said} That agrees with the reference, and it scores like the known ${kind}.`
        : `${said} It scores like the known ${kind}; there is no reference to hold it against, so it may be consistently wrong.`;
    case "consistentlyWrong":
      return `${said} It scores like the known ${kind}, but does not agree with the reference.`;
    case "saysItDoesNotKnow":
      return said;
    case "cannotTell":
      return verdict.reason === "noAnswers" ? "No answer came." : `${said} ${reasonWords(verdict, kind)}`;
  }
}

/** "Asked ten times, it gave five different answers and once said it did not know" */
function saidWords({ answers, clusters, scores }: Reading): string {
  const asked = `Asked ${times(answers.length)}, it`;
  const refused = scores.refusals.successes;
  const meanings = clusters.filter((cluster) => !cluster.refused);
  const [largest] = meanings;
  if (!largest) return `${asked} said ${refused === 1 ? "that" : `${times(refused)} that`} it did not know`;
  const not = refused > 0 ? ` and ${times(refused)} said it did not know` : "";
  if (refused * 2 > answers.length) return `${asked} said ${times(refused)} that it did not know`;
  if (meanings.length === 1) {
    const all = largest.answers.length === answers.length;
    return `${asked} said the same ${all ? "each time" : times(largest.answers.length)}${not}`;
  }
  const most = largest.answers.length * 2 > answers.length;
  return most
    ? `${asked} said the same ${times(largest.answers.length)}, gave ${numberWord(meanings.length - 1)} other ${meanings.length === 2 ? "answer" : "answers"}${not}`
    : `${asked} gave ${numberWord(meanings.length)} different answers${not}`;
}

function reasonWords({ reason, evidence }: KnowingVerdict, kind: string): string {
  switch (reason) {
    case "tooFewControls":
      return `Fewer than ${numberWord(fewestControls)} controls on a side tell nothing.`;
    case "controlsOverlap": {
      const best = evidence.toSorted((a, b) => b.fit.area.area - a.fit.area.area)[0]?.fit;
      const area = best
        ? ` The best score, ${scoreWords[best.name]}, reaches ${best.area.area.toFixed(2)} ${intervalWords(best.area, 2)} of the ${separates.toFixed(2)} it would take.`
        : "";
      return `The known and the invented ${kind} score alike, so where this answer falls says nothing.${area}`;
    }
    default:
      return "It has no controls to be held against, and a score by itself means nothing.";
  }
}

function supportWords(verdict: KnowingVerdict, { scores, answers }: Reading, interval: Interval | undefined): string {
  const { confidence, decidedBy, evidence } = verdict;
  if (verdict.verdict === "saysItDoesNotKnow") {
    const { low, high, successes } = scores.refusals;
    const range = `[${Math.round(low * 100)}, ${Math.round(high * 100)}]`;
    return `${count(successes)} of ${count(answers.length)} answers refuse, ${range} %. ${capitalized(confidenceWords(confidence))}.`;
  }
  const deciding = evidence.find(({ fit }) => fit.name === decidedBy);
  if (!deciding) return "";
  return `${placedWords(deciding, interval)} ${capitalized(confidenceWords(confidence))}: ${agreeing(verdict)}.`;
}

/** "Semantic entropy 2.45 bits [1.9, 3.0], above all 20 known people (median 0.0) and 11 of 20 invented ones (median 2.3)." */
function placedWords({ fit, value, placement }: Evidence, interval: Interval | undefined): string {
  const range = interval && fit.name === "semanticEntropy" ? ` ${intervalWords(interval)}` : "";
  const number = (median: number): string => scoreNumber(fit.name, median);
  return [
    `${capitalized(scoreWords[fit.name])} ${scoreValue(fit.name, value)}${range},`,
    `${beyondWords(fit.name, placement.aboveKnown, fit.known.length)} known (median ${number(fit.knownMedian)}) and`,
    `${ofWords(placement.aboveInvented, fit.invented.length)} invented (median ${number(fit.inventedMedian)}).`,
  ].join(" ");
}

/** "above all 20": further on the side of making up, which of P(True) is below. */
function beyondWords(name: Evidence["fit"]["name"], beyond: Placement["aboveKnown"], all: number): string {
  return `${name === "truth" ? "below" : "above"} ${ofWords(beyond, all)}`;
}

function ofWords(some: number, all: number): string {
  if (some === all) return `all ${count(all)}`;
  return some === 0 ? `none of ${count(all)}` : `${count(some)} of ${count(all)}`;
}

export function confidenceWords(confidence: KnowingVerdict["confidence"]): string {
  if (confidence === "wellSupported") return "well supported";
  return confidence ?? "";
}

/** "the three scores agree", "one of two scores agrees with it; …" */
function agreeing({ decidedBy, evidence, verdict, checked }: KnowingVerdict): string {
  const usable = evidence.filter(({ fit }) => fit.usable);
  const side = usable.find(({ fit }) => fit.name === decidedBy)?.placement.side;
  const agree = usable.filter(({ placement }) => placement.side === side);
  const others = usable.filter(({ placement }) => placement.side !== side).map(({ fit }) => scoreWords[fit.name]);
  if (usable.length === 1) return "no other score tells these controls apart";
  const unchecked = verdict === "knows" && !checked ? ", but nothing was held against a reference" : "";
  if (others.length === 0) return `the ${numberWord(usable.length)} scores agree${unchecked}`;
  return `${numberWord(agree.length)} of ${numberWord(usable.length)} scores ${agree.length === 1 ? "agrees" : "agree"}, ${listed(others)} ${others.length === 1 ? "says" : "say"} otherwise${unchecked}`;
}
