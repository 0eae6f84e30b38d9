/** Where something was read in a text. UTF-16 offsets. */
export interface Extract {
  /** In the grader's normal form. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** By which rule it was found, for people to check. */
  readonly how: "after ####" | "after the answer marker" | "boxed" | "last number" | "first number";
}

/** Which of several marked answers counts: the first where the answer comes before its explanation. */
export type Which = "first" | "last";

/** Blanks that may stand between groups of three digits: also the no-break, narrow and thin ones. */
const blanks = String.raw`\u0020\u00a0\u202f\u2009`;
// A sign stands at its number: what a blank parts from it is a list's bullet or a calculation's minus.
const sign = String.raw`(?:(?<![\p{L}\p{N})\]])[-−+](?=[$€£¥]?\.?\d))?`;
const digits = String.raw`(?:\d{1,3}(?:[,${blanks}]\d{3})+(?!\d)|\d+)(?:\.\d+)?|(?<![\p{L}\p{N}.])\.\d+`;
const number = String.raw`${sign}(?:[$€£¥]\s?)?(?:${digits})(?:[eE][-+]?\d+)?`;
/** "18 - 4 =" before the number that is the answer. */
const calculation = String.raw`(?:[\d${blanks}.,+\-−*×÷/()$€£¥]*=[${blanks}*_$]*)*`;
/** Rules in order: the first that finds anything decides. */
const marked: readonly { readonly how: Extract["how"]; readonly pattern: RegExp }[] = [
  { how: "after ####", pattern: new RegExp(String.raw`####\s*(${number})`, "dgu") },
  { how: "boxed", pattern: new RegExp(String.raw`\\boxed\{\s*(${number})[^{}]*\}`, "dgu") },
  {
    how: "after the answer marker",
    pattern: new RegExp(
      String.raw`\banswer(?:\s+is|\s*:|\s*=)[\s*_:$\\(]*(?:\n\s*[-•]\s+)?${calculation}(${number})`,
      "dgiu",
    ),
  },
];
const anywhere = new RegExp(number, "dgu");

/**
 * The number a text answers with: after `#### `, in `\boxed{}`, after "Answer:" or "the answer is", or else the last number
 * (the first one, with `which` "first"), as lm-evaluation-harness reads GSM8K strictly and flexibly. Undefined without any.
 */
export function extractNumber(text: string, which: Which = "last"): Extract | undefined {
  for (const { how, pattern } of marked) {
    const found = [...text.matchAll(pattern)].at(which === "first" ? 0 : -1);
    const place = found?.indices?.[1];
    if (found && place) return { value: normalNumber(found[1]!)!, start: place[0], end: place[1], how };
  }
  const found = [...text.matchAll(anywhere)].at(which === "first" ? 0 : -1);
  const place = found?.indices?.[0];
  if (!found || !place) return undefined;
  const how = which === "first" ? "first number" : "last number";
  return { value: normalNumber(found[0])!, start: place[0], end: place[1], how };
}

/**
 * A number in one form for comparing: no currency, separators, leading zeros or trailing zeros of a fraction. Digits stay
 * as they are, so numbers of any length compare exactly. Undefined for what is no number.
 */
export function normalNumber(text: string): string | undefined {
  const plain = text.replace(/[$€£¥\s,]/g, "").replace("−", "-");
  const parts = /^([-+]?)(?=\.?\d)0*(\d*)(?:\.(\d*?)0*)?(?:[eE]([-+]?\d+))?$/.exec(plain);
  if (!parts) return undefined;
  const [, sign = "", digits, fraction = "", exponent] = parts;
  const whole = digits || "0";
  if (exponent !== undefined) {
    return normalNumber(Number(plain).toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 }));
  }
  const value = fraction === "" ? whole : `${whole}.${fraction}`;
  return sign === "-" && value !== "0" ? `-${value}` : value;
}
