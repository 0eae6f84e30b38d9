import type { Measure } from "./budgetText";
import { stateNote } from "./budgetText";
import { type BudgetFile, type BudgetTree, filesBelow, tokensOf } from "./budgetTree";

interface Row {
  readonly workspaceFolder: string;
  readonly path: string;
  readonly language: string;
  /** Null for files that were not counted; `note` says why. */
  readonly tokens: number | null;
  readonly bytes: number | null;
  /** Share of the context window, 0 to 1 and over. */
  readonly shareOfWindow: number | null;
  readonly note: string;
}

const columns = ["workspaceFolder", "path", "language", "tokens", "bytes", "shareOfWindow", "note"] as const;

/** A table by RFC 4180: a line of heads, lines ended by CR LF, fields quoted where they must be. Largest files first. */
export function budgetCsv(tree: BudgetTree, measure: Measure): string {
  const lines = [columns, ...rows(tree, measure).map((row) => columns.map((column) => row[column]))];
  return lines.map((line) => `${line.map((value) => field(value ?? "")).join(",")}\r\n`).join("");
}

/** Everything the view shows, as JSON: what was counted with what, totals, languages, files (largest first). */
export function budgetJson(tree: BudgetTree, measure: Measure, countedAt: Date): string {
  const { tokens, bytes, counted, skipped, waiting } = tree.total;
  const document = {
    tokenizer: measure.tokenizer,
    exact: !measure.approximate && tree.total.damaged === 0,
    ...(measure.reason !== undefined && { reason: measure.reason }),
    contextWindow: measure.contextWindow,
    countedAt: countedAt.toISOString(),
    total: { tokens, shareOfWindow: tokens / measure.contextWindow, bytes, counted, skipped, waiting },
    languages: tree.languages(),
    files: rows(tree, measure),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function rows(tree: BudgetTree, measure: Measure): Row[] {
  return filesBelow(tree.roots)
    .sort((a, b) => tokensOf(b) - tokensOf(a))
    .map((file) => row(file, measure));
}

function row(file: BudgetFile, measure: Measure): Row {
  const { state } = file;
  const tokens = state.kind === "counted" ? state.tokens : null;
  return {
    workspaceFolder: rootName(file),
    path: file.path,
    language: file.language,
    tokens,
    bytes: state.kind === "waiting" ? null : (state.size ?? null),
    shareOfWindow: tokens === null ? null : Number((tokens / measure.contextWindow).toPrecision(6)),
    note: stateNote(file),
  };
}

function rootName(file: BudgetFile): string {
  let folder = file.parent;
  while (folder.parent) folder = folder.parent;
  return folder.name;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
