import type { TextParts } from "./textParts";

/** When and by what a run was written. */
export interface Written {
  /** ISO 8601. */
  readonly created: string;
  /** Program and version. */
  readonly by: string;
}

/** A report as Markdown, and the files it refers to, which belong into the same folder. */
export interface MarkdownReport {
  readonly markdown: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** How an experiment writes its runs, the same in panels and on the command line. All yield now and then, for `inSlices`. */
export interface RunExports<Report> {
  /** A row for each answer (RFC 4180), with a line of heads. */
  readonly csv: (report: Report) => Generator<void, TextParts>;
  /** All of it as one JSON document, its figures included. */
  readonly json: (report: Report, written: Written) => Generator<void, TextParts>;
  /** A page to read or to check in; `name` begins the names of the files beside it. */
  readonly markdown: (report: Report, options: Written & { readonly name: string }) => Generator<void, MarkdownReport>;
  /** Its figures alone, as Markdown tables; undefined where the run has nothing to put into one. */
  readonly table: (report: Report) => Generator<void, string | undefined>;
}
