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

const number = String.raw`[-−+]?\s?[$€£¥]?\s?(?:\d{1,3}(?:[,  ]\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?`;
/** Rules in order: the first that finds anything decides. */
const marked: readonly { readonly how: Extract["how"]; readonly pattern: RegExp }[] = [
  { how: "after ####", pattern: new RegExp(String.raw`####\s*(${number})`, "dg") },
  { how: "boxed", pattern: new RegExp(String.raw`\\boxed\{\s*(${number})[^{}]*\}`, "dg") },
  {
    how: "after the answer marker",
    pattern: new RegExp(String.raw`\banswer(?:\s+is|\s*:|\s*=)[\s*_:$\\(]*(${number})`, "dgi"),
  },
];
const anywhere = new RegExp(number, "dg");

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
  const blank = found[0].length - found[0].trimStart().length;
  const how = which === "first" ? "first number" : "last number";
  return { value: normalNumber(found[0])!, start: place[0] + blank, end: place[1], how };
}

/**
 * A number in one form for comparing: no currency, separators, leading zeros or trailing zeros of a fraction. Digits stay
 * as they are, so numbers of any length compare exactly. Undefined for what is no number.
 */
export function normalNumber(text: string): string | undefined {
  const plain = text.replace(/[$€£¥\s,  ]/g, "").replace("−", "-");
  const parts = /^([-+]?)0*(\d+)(?:\.(\d*?)0*)?(?:[eE]([-+]?\d+))?$/.exec(plain);
  if (!parts) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent] = parts;
  if (exponent !== undefined) {
    return normalNumber(Number(plain).toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 }));
  }
  const value = fraction === "" ? whole : `${whole}.${fraction}`;
  return sign === "-" && value !== "0" ? `-${value}` : value;
}
