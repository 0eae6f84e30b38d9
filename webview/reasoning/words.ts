/** How numbers of a run are written. Pure. */
import { count } from "../ui/format";

/** A share with its interval, 0 to 1. */
interface Rate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** "92": whole percents from 1 %, two digits below. */
export function percentCell(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 0.995) return String(Math.round(value));
  return value < 0.01 ? "< 0.01" : value.toPrecision(value < 0.1 ? 1 : 2);
}

/** "92 %" */
export function percentWords(share: number): string {
  return `${percentCell(share)} %`;
}

/** "[87, 95]", in percent. */
export function interval({ low, high }: Pick<Rate, "low" | "high">): string {
  return `[${Math.round(low * 100)}, ${Math.round(high * 100)}]`;
}

/** "+61", "−9", "0": percentage points. */
export function points(difference: number): string {
  const value = Math.round(difference * 100);
  if (value === 0) return "0";
  return `${value < 0 ? "−" : "+"}${Math.abs(value)}`;
}

/** "[54, 68]" of a rise or a fall alone, "[−4, +10]" where it may be either. */
export function pointsInterval({ low, high }: { readonly low: number; readonly high: number }): string {
  const [from, to] = [Math.round(low * 100), Math.round(high * 100)];
  if (from >= 0 && to >= 0) return `[${from}, ${to}]`;
  return `[${points(low)}, ${points(high)}]`;
}

/** "< 0.001" or two digits. */
export function pValue(p: number): string {
  if (p < 0.001) return "< 0.001";
  return p >= 0.095 ? p.toFixed(2) : p.toPrecision(p < 0.0095 ? 1 : 2);
}

/** In a sentence: "p < 0.001", "p = 0.49". */
export function pWords(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${pValue(p)}`;
}

/** "50 s", "2 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return `${count(Math.floor(minutes / 60))} h${rest === 0 ? "" : ` ${rest} min`}`;
}

/** "37,800": an estimate, to three digits. */
export function roughly(value: number): string {
  if (value < 100) return count(Math.round(value));
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 2);
  return count(Math.round(value / unit) * unit);
}

/** A text in one line, cut where it is long. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}
