/** A Markdown table; `right` names the columns (from 0) whose cells stand at the right. Cells are plain text. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: (column: number) => boolean = (column) => column > 0,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |\n`;
  const rule = `|${heads.map((_, column) => (right(column) ? "---:" : "---")).join("|")}|\n`;
  return line(heads) + rule + rows.map(line).join("");
}

function cell(text: string): string {
  return escapeMarkdown(text.replace(/\s*\n\s*/g, " "));
}

/** Text of models and people as text: nothing in it becomes markup; intervals in brackets stay as they are. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*<|~]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/\](?=[([:])/g, "\\]")
    .replace(/^(\s*)([#>+-]|\d+[.)])(?=\s)/gm, "$1\\$2");
}

/** A fenced block that holds any text, fences in it included. */
export function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}\n`;
}
