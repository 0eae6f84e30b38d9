import { InvalidArgumentError } from "commander";

/** The largest seed (`experiments/schemas.ts`). */
export const mostSeed = 2 ** 32 - 1;

/** Reads an option's whole number. What it throws is told with the option's name. */
export function whole(from = 0, to = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= from && number <= to) return number;
    throw new InvalidArgumentError(`“${text}” is not a whole number${rangeWords(from, to)}.`);
  };
}

/** Reads an option's whole percents: 90, not 0.9. */
export function percents(text: string): number {
  if (/^0?\.\d+$/.test(text)) {
    throw new InvalidArgumentError(`“${text}” is a share. Write percents: ${Math.round(Number(text) * 100)}.`);
  }
  return whole(0, 100)(text);
}

function rangeWords(from: number, to: number): string {
  if (to < Number.MAX_SAFE_INTEGER) return ` from ${from} to ${to}`;
  return from > 0 ? ` from ${from} on` : "";
}
