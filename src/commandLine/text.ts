import type { Rate } from "../experiments/statistics/rate";

/** Rows as lines, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

/** "92 % [87, 95]". */
export function withInterval({ rate, low, high }: Pick<Rate, "rate" | "low" | "high">): string {
  return Number.isNaN(rate) ? "not graded" : `${percent(rate)} [${Math.round(low * 100)}, ${Math.round(high * 100)}]`;
}

export function percent(rate: number): string {
  return `${Math.round(rate * 100)} %`;
}
