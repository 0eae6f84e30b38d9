import type { Token } from "../../src/experiments/explorer/data";
import { nameOf } from "../ui/tokenView";

/** How numbers of the explorer are written. Pure. */

const bitsPerNat = 1 / Math.LN2;

/** "3.68 bits" of entropy or surprisal in nats; "≥" marks a lower bound. */
export function bits(nats: number, exact = true): string {
  return `${exact ? "" : "≥ "}${(nats * bitsPerNat).toFixed(2)} bits`;
}

export function toBits(nats: number): number {
  return nats * bitsPerNat;
}

/** In a column of percents: "38.4", "0.42", "0.043", "< 0.001". */
export function percentCell(probability: number): string {
  const value = probability * 100;
  if (value === 0) return "0";
  if (value >= 0.995) return value < 100 && value >= 99.95 ? "> 99.9" : value.toFixed(1);
  if (value < 0.001) return "< 0.001";
  return significant(value);
}

/** In a sentence: whole percents from 1 %, two digits below: "38 %", "0.42 %", "> 99 %". */
export function percentWords(probability: number): string {
  const value = probability * 100;
  if (value === 0) return "0 %";
  if (value < 0.001) return "< 0.001 %";
  if (value < 0.995) return `${significant(value)} %`;
  if (value < 100 && value >= 99.5) return value >= 99.95 ? "> 99.9 %" : `${value.toFixed(1)} %`;
  return `${Math.round(value)} %`;
}

/** "0.42", "0.043": two digits, written out. */
function significant(value: number): string {
  return value.toFixed(Math.max(0, 1 - Math.floor(Math.log10(value))));
}

/** "−2.43": with a proper minus sign. */
export function nats(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** "+12.3", "−4.0" points. */
export function points(change: number): string {
  const value = Math.abs(change * 100).toFixed(1);
  if (value === "0.0") return "0.0";
  return `${change < 0 ? "−" : "+"}${value}`;
}

/** "< 0.001" or two digits. */
export function pValue(p: number): string {
  return p < 0.001 ? "< 0.001" : `= ${p.toFixed(2)}`;
}

/** A token in a sentence, cut where it is long. */
export function named(token: Token): string {
  const name = nameOf(token);
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

/** A divergence in bits; infinite where a side excludes what the other expects. */
export function divergence(value: number, exact: boolean): string {
  if (!Number.isFinite(value)) return "∞";
  if (exact && value > 0 && value < 0.0005) return "< 0.001 bits";
  return `${exact ? "" : "≥ "}${value.toFixed(3)} bits`;
}
