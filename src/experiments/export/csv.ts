import { Pieces, type TextParts } from "./textParts";

/** What a cell of a table holds; undefined and null are an empty field. */
export type Cell = string | number | boolean | null | undefined;

/** A table by RFC 4180: the heads' line first, lines ended by CR LF, fields quoted where they must be. */
export function csvTable(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** As `csvTable`, of records with those columns. Yields after each, for `inSlices`. */
export function* writingTable<Column extends string>(
  columns: readonly Column[],
  records: Iterable<Readonly<Record<Column, Cell>>>,
): Generator<void, TextParts> {
  const lines = new Pieces();
  lines.add(csvTable([columns]));
  for (const record of records) {
    lines.add(csvTable([columns.map((column) => record[column])]));
    yield;
  }
  return lines.parts();
}

function field(value: Cell): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
