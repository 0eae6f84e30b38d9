/** What a cell of a table holds; undefined and null are an empty field. */
export type Cell = string | number | boolean | null | undefined;

/** A table by RFC 4180: the heads' line first, lines ended by CR LF, fields quoted where they must be. */
export function csvTable(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: Cell): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
