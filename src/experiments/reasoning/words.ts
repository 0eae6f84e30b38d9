/** How figures of a run are written in reports. Pure. */

const whole = new Intl.NumberFormat("en-US");

/** "1,284" */
export function count(value: number): string {
  return whole.format(value);
}

/** "1 question", "2 questions" */
export function plural(value: number, one: string): string {
  return `${count(value)} ${one}${value === 1 ? "" : "s"}`;
}

/** "92 %": whole percents from 1 %, two digits below. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 0.995) return `${Math.round(value)} %`;
  return value < 0.01 ? "< 0.01 %" : `${value.toPrecision(value < 0.1 ? 1 : 2)} %`;
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** "92 % [87, 95]", or a dash where nothing was graded. */
export function rated({ rate, ...interval }: Interval & { readonly rate: number }): string {
  return Number.isNaN(rate) ? "–" : `${percent(rate)} ${percents(interval)}`;
}

/** "[87, 95]", in percent. */
export function percents({ low, high }: Interval): string {
  return `[${Math.round(low * 100)}, ${Math.round(high * 100)}]`;
}

/** "+61", "−9", "0": percentage points. */
export function points(difference: number): string {
  const value = Math.round(difference * 100);
  if (value === 0) return "0";
  return `${value < 0 ? "−" : "+"}${Math.abs(value)}`;
}

/** "[54, 68]" of a rise alone, "[−4, +10]" where it may be either. */
export function pointsInterval({ low, high }: Interval): string {
  return low >= 0 ? percents({ low, high }) : `[${points(low)}, ${points(high)}]`;
}

/** "+61 points [54, 68]". */
export function pointsWords({ mean, ...interval }: Interval & { readonly mean: number }): string {
  const unit = Math.abs(Math.round(mean * 100)) === 1 ? "point" : "points";
  return `${points(mean)} ${unit} ${pointsInterval(interval)}`;
}

/** In a column: "< 0.001" or two digits. */
export function pValue(p: number): string {
  if (p < 0.001) return "< 0.001";
  return p >= 0.095 ? p.toFixed(2) : p.toPrecision(p < 0.0095 ? 1 : 2);
}

/** "p < 0.001", "p = 0.49". */
export function pWords(p: number): string {
  return p < 0.001 ? `p ${pValue(p)}` : `p = ${pValue(p)}`;
}

/** "37,800": an estimate, to three digits. */
export function roughly(value: number): string {
  if (value < 100) return count(Math.round(value));
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 2);
  return count(Math.round(value / unit) * unit);
}

/** An arm's name in the middle of a sentence; one with a comma is quoted, or a list of them could not be read. */
export function inSentence(name: string): string {
  const words = name.slice(0, 1).toLowerCase() + name.slice(1);
  return words.includes(",") ? `“${words}”` : words;
}

/** "a, b and c" */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
