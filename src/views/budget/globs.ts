import { glob } from "./glob";

/** A value of `files.exclude`: on, off, or on where a sibling exists (`"$(basename).ts"`). */
export type GlobCondition = boolean | { readonly when?: string };

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly when: string | undefined;
}

/** Glob patterns as VS Code's settings have them: against the path from the workspace folder, case-sensitive. */
export class Globs {
  private readonly rules: readonly Rule[];

  constructor(patterns: Readonly<Record<string, GlobCondition>>) {
    this.rules = Object.entries(patterns)
      .filter(([, condition]) => condition !== false)
      .map(([pattern, condition]) => ({
        matches: glob(pattern.replace(/^\.?\//, "").replace(/\/$/, "")),
        when: typeof condition === "object" ? condition.when : undefined,
      }));
  }

  /** True when a pattern asks for siblings. */
  get conditional(): boolean {
    return this.rules.some(({ when }) => when !== undefined);
  }

  /** `siblings`: the names in the same folder, for patterns with a condition. */
  match(path: string, siblings: ReadonlySet<string>): boolean {
    return this.rules.some(
      ({ matches, when }) => matches(path) && (when === undefined || hasSibling(path, when, siblings)),
    );
  }
}

/**
 * What a person types to filter: a glob when it has `*`, `?`, `{` or `[` (matched against the path, or against the
 * name when it has no slash), otherwise text that the path contains. Case does not matter.
 */
export function fileFilter(typed: string): (path: string) => boolean {
  const text = typed.trim();
  if (!/[*?{[]/.test(text)) {
    const part = text.toLowerCase();
    return (path) => path.toLowerCase().includes(part);
  }
  const pattern = text.replace(/^\.?\//, "");
  const matches = glob(pattern.toLowerCase());
  return (path) => matches((pattern.includes("/") ? path : nameOf(path)).toLowerCase());
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function hasSibling(path: string, when: string, siblings: ReadonlySet<string>): boolean {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return siblings.has(when.replace("$(basename)", dot > 0 ? name.slice(0, dot) : name));
}
