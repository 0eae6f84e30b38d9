import type { CountOutcome } from "./countProtocol";
import { sorting } from "./sorting";

/** What is known of a file; "waiting" until it is counted. */
export type FileState = Extract<CountOutcome, { kind: "counted" | "skipped" }> | { readonly kind: "waiting" };

/** A file, and where it hangs. */
export interface BudgetFile {
  readonly kind: "file";
  /** Its URI. */
  readonly key: string;
  readonly name: string;
  /** From the workspace folder, with forward slashes. */
  readonly path: string;
  readonly language: string;
  readonly parent: BudgetFolder;
  state: FileState;
}

/** A folder with the sums of everything below it. */
export interface BudgetFolder extends Sums {
  readonly kind: "folder";
  /** URI of the workspace folder, then the path below it: unique. */
  readonly key: string;
  readonly name: string;
  /** From the workspace folder; "" for the workspace folder itself. */
  readonly path: string;
  readonly parent: BudgetFolder | undefined;
  readonly children: Map<string, BudgetNode>;
}

export type BudgetNode = BudgetFile | BudgetFolder;

export interface Sums {
  tokens: number;
  /** Bytes of the counted files. */
  bytes: number;
  counted: number;
  /** Of the counted files those that are not UTF-8 throughout: their counts are estimates. */
  damaged: number;
  skipped: number;
  waiting: number;
}

export interface LanguageTotal {
  readonly language: string;
  tokens: number;
  files: number;
}

/** The workspace's files with their counts, summed up through the folders with every change. */
export class BudgetTree {
  /** One for each workspace folder, in their order. */
  readonly roots: readonly BudgetFolder[];
  readonly total: Sums = noSums();
  private readonly files = new Map<string, BudgetFile>();
  private readonly totals = new Map<string, LanguageTotal>();

  /** `roots`: the workspace folders' URIs and names. */
  constructor(roots: readonly { readonly key: string; readonly name: string }[]) {
    this.roots = roots.map(({ key, name }) => folder(key, name, "", undefined));
  }

  file(key: string): BudgetFile | undefined {
    return this.files.get(key);
  }

  allFiles(): IterableIterator<BudgetFile> {
    return this.files.values();
  }

  /** Languages by tokens, the largest first. */
  languages(): readonly LanguageTotal[] {
    return [...this.totals.values()]
      .filter(({ files }) => files > 0)
      .sort((a, b) => b.tokens - a.tokens || compare(a.language, b.language));
  }

  /** Adds a file or changes its state. */
  set(root: BudgetFolder, path: string, key: string, language: string, state: FileState): BudgetFile {
    const known = this.files.get(key);
    if (known) {
      this.change(known, -1);
      known.state = state;
      this.change(known, 1);
      return known;
    }
    const parts = path.split("/");
    const name = parts.pop() ?? path;
    let parent = root;
    for (const part of parts) parent = childFolder(parent, part);
    const file: BudgetFile = { kind: "file", key, name, path, language, parent, state };
    parent.children.set(name, file);
    this.files.set(key, file);
    this.change(file, 1);
    return file;
  }

  /** Removes a file and the folders it leaves empty. */
  remove(key: string): void {
    const file = this.files.get(key);
    if (!file) return;
    this.change(file, -1);
    this.files.delete(key);
    file.parent.children.delete(file.name);
    let empty: BudgetFolder | undefined = file.parent;
    while (empty?.parent && empty.children.size === 0) {
      empty.parent.children.delete(empty.name);
      empty = empty.parent;
    }
  }

  /** The folder or file at a path below a root; the root for "". */
  find(root: BudgetFolder, path: string): BudgetNode | undefined {
    let node: BudgetNode | undefined = root;
    for (const part of path === "" ? [] : path.split("/")) {
      node = node?.kind === "folder" ? node.children.get(part) : undefined;
    }
    return node;
  }

  private change(file: BudgetFile, sign: 1 | -1): void {
    for (let parent: BudgetFolder | undefined = file.parent; parent; parent = parent.parent) {
      add(parent, file.state, sign);
    }
    add(this.total, file.state, sign);
    if (file.state.kind !== "counted") return;
    const total = this.totals.get(file.language) ?? { language: file.language, tokens: 0, files: 0 };
    total.tokens += sign * file.state.tokens;
    total.files += sign;
    this.totals.set(file.language, total);
  }
}

/** Tokens of a node: a file's own, a folder's sum. */
export function tokensOf(node: BudgetNode): number {
  if (node.kind === "folder") return node.tokens;
  return node.state.kind === "counted" ? node.state.tokens : 0;
}

/** Largest first; what is counted before what is not; then by name. */
export function bySize(a: BudgetNode, b: BudgetNode): number {
  return tokensOf(b) - tokensOf(a) || order(a) - order(b) || compare(a.name, b.name);
}

/**
 * The first `count` children by size, in order. Sorts only what can be among them: a folder with 10,000 files is asked
 * for with every refresh.
 */
export function largestChildren(folder: BudgetFolder, count: number): BudgetNode[] {
  const children = [...folder.children.values()];
  if (children.length <= count) return children.sort(bySize);
  const least = Float64Array.from(children, tokensOf).sort().at(-count) ?? 0;
  return children
    .filter((child) => tokensOf(child) >= least)
    .sort(bySize)
    .slice(0, count);
}

/** All files at and below the nodes, once each, by path. */
export function filesBelow(nodes: readonly BudgetNode[]): BudgetFile[] {
  const work = listingFiles(nodes, byPath);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same in an order of one's own, with pauses. What changes meanwhile may be in it or not. */
export function* listingFiles(
  nodes: readonly BudgetNode[],
  order: (a: BudgetFile, b: BudgetFile) => number,
): Generator<void, BudgetFile[]> {
  const found = new Set<BudgetFile>();
  const stack = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === "file") found.add(node);
    else for (const child of node.children.values()) stack.push(child);
    yield;
  }
  return yield* sorting([...found], order);
}

export function byPath(a: BudgetFile, b: BudgetFile): number {
  return compare(a.path, b.path) || compare(a.key, b.key);
}

function order(node: BudgetNode): number {
  if (node.kind === "folder") return 0;
  return node.state.kind === "counted" ? 1 : node.state.kind === "waiting" ? 2 : 3;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function add(sums: Sums, state: FileState, sign: 1 | -1): void {
  sums[state.kind] += sign;
  if (state.kind !== "counted") return;
  sums.tokens += sign * state.tokens;
  sums.bytes += sign * state.size;
  if (state.damaged) sums.damaged += sign;
}

function childFolder(parent: BudgetFolder, name: string): BudgetFolder {
  const known = parent.children.get(name);
  if (known?.kind === "folder") return known;
  const path = parent.path === "" ? name : `${parent.path}/${name}`;
  const made = folder(`${parent.key}/${name}`, name, path, parent);
  parent.children.set(name, made);
  return made;
}

function folder(key: string, name: string, path: string, parent: BudgetFolder | undefined): BudgetFolder {
  return { kind: "folder", key, name, path, parent, children: new Map(), ...noSums() };
}

function noSums(): Sums {
  return { tokens: 0, bytes: 0, counted: 0, damaged: 0, skipped: 0, waiting: 0 };
}
