import type { Measure } from "./budgetText";
import { stateNote } from "./budgetText";
import { type BudgetFile, type BudgetTree, byPath, listingFiles, tokensOf } from "./budgetTree";

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

/**
 * A table by RFC 4180, as UTF-8: a line of heads, lines ended by CR LF, fields quoted where they must be. Largest files first.
 * Pauses after each, for `inSlices`.
 */
export function* writingCsv(tree: BudgetTree, measure: Measure): Generator<void, Uint8Array> {
  const written = new Bytes();
  written.add(line(columns));
  for (const file of yield* listingFiles(tree.roots, largestFirst)) {
    const made = row(file, measure);
    written.add(line(columns.map((column) => made[column])));
    yield;
  }
  return written.all();
}

/**
 * Everything the view shows, as JSON in UTF-8: what was counted with what, totals, languages, files (largest first). Pauses after
 * each file.
 */
export function* writingJson(tree: BudgetTree, measure: Measure, countedAt: Date): Generator<void, Uint8Array> {
  const { tokens, bytes, counted, skipped, waiting } = tree.total;
  const head = {
    tokenizer: measure.tokenizer,
    exact: !measure.approximate && tree.total.damaged === 0,
    ...(measure.reason !== undefined && { reason: measure.reason }),
    contextWindow: measure.contextWindow,
    countedAt: countedAt.toISOString(),
    total: { tokens, shareOfWindow: tokens / measure.contextWindow, bytes, counted, skipped, waiting },
    languages: tree.languages(),
  };
  const written = new Bytes();
  // The files go in before the brace that ends it.
  written.add(`${JSON.stringify(head, null, 2).slice(0, -"\n}".length)},\n  "files": [`);
  let before = "";
  for (const file of yield* listingFiles(tree.roots, largestFirst)) {
    const made = JSON.stringify(row(file, measure), null, 2);
    written.add(`${before}\n    ${made.replaceAll("\n", "\n    ")}`);
    before = ",";
    yield;
  }
  written.add(`${before === "" ? "" : "\n  "}]\n}\n`);
  return written.all();
}

/** Many short texts on their way into a file, encoded a few hundred at a time. */
class Bytes {
  private readonly encoder = new TextEncoder();
  private readonly parts: Uint8Array[] = [];
  private waiting: string[] = [];

  add(text: string): void {
    if (this.waiting.push(text) === 200) this.encode();
  }

  all(): Uint8Array {
    this.encode();
    return Buffer.concat(this.parts);
  }

  private encode(): void {
    this.parts.push(this.encoder.encode(this.waiting.join("")));
    this.waiting = [];
  }
}

function largestFirst(a: BudgetFile, b: BudgetFile): number {
  return tokensOf(b) - tokensOf(a) || byPath(a, b);
}

function line(values: readonly (string | number | null)[]): string {
  return `${values.map((value) => field(value ?? "")).join(",")}\r\n`;
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
