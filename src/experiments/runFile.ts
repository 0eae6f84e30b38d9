/**
 * `*.promptscope.jsonl`: a run of any experiment as JSON Lines. The first line says what it is and holds the spec; each
 * further line is one event. Lines are only ever added, so a file that was cut off keeps all it had.
 */
import * as v from "valibot";
import type { Experiment } from "./experiment";

export const runFileEnding = ".promptscope.jsonl";

/** Of the lines' common part. */
const fileVersion = 1;

const header = v.object({
  /** Of this file format, whatever the experiment. */
  promptscope: v.pipe(v.number(), v.integer(), v.minValue(1)),
  kind: v.string(),
  /** Of the experiment's spec and events. */
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** ISO 8601. */
  created: v.string(),
  /** Program and version that wrote it. */
  by: v.string(),
  spec: v.unknown(),
});
export type RunHeader = v.InferOutput<typeof header>;

export interface Run<Spec, Event> {
  readonly created: string;
  readonly by: string;
  readonly spec: Spec;
  readonly events: readonly Event[];
  /** The last line was cut off in mid-writing and is left out. */
  readonly cut: boolean;
}

export type RunFileErrorCode = "notARun" | "newer" | "otherKind" | "badLine";

/** Why a file cannot be read as a run. The message names the line and says what to do. */
export class RunFileError extends Error {
  override readonly name = "RunFileError";
  constructor(
    readonly code: RunFileErrorCode,
    message: string,
    /** From 1. */
    readonly line: number,
  ) {
    super(message);
  }
}

/** What a file is, from its first line. Throws RunFileError where it is no run or one of a later format. */
export function readHeader(text: string): RunHeader {
  const end = text.indexOf("\n");
  const line = (end < 0 ? text : text.slice(0, end)).replace(/^\uFEFF/, "");
  const read = v.safeParse(header, parsed(line));
  if (!read.success) {
    const message = "Line 1 is not the header of a Promptscope run. Open the file as text to see what it holds.";
    throw new RunFileError("notARun", message, 1);
  }
  if (read.output.promptscope > fileVersion) throw newer(read.output.kind);
  return read.output;
}

/**
 * Reads a whole run, a line at a time: yields after each, so that a long file can be read in slices. Throws RunFileError,
 * which names the line.
 */
export function* readRun<Spec, Event>(
  text: string,
  experiment: Pick<Experiment<Spec, Event, unknown>, "kind" | "version" | "spec" | "event">,
): Generator<void, Run<Spec, Event>> {
  const { kind, version, created, by, spec: given } = readHeader(text);
  if (kind !== experiment.kind) {
    const message = `This run is of the kind “${kind}”, not “${experiment.kind}”. Open it with the panel it was made with.`;
    throw new RunFileError("otherKind", message, 1);
  }
  if (version > experiment.version) throw newer(kind);
  const spec = v.safeParse(experiment.spec, given);
  if (!spec.success) throw badLine(1, spec.issues);
  const events: Event[] = [];
  let cut = false;
  let number = 2;
  for (let start = text.indexOf("\n") + 1; start > 0 && start < text.length; number++) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end < 0 ? undefined : end);
    start = end + 1;
    if (line.trim() === "") continue;
    const value = parsed(line);
    if (value === undefined && end < 0) {
      cut = true;
      break;
    }
    const event = v.safeParse(experiment.event, value);
    if (!event.success) throw badLine(number, value === undefined ? undefined : event.issues);
    events.push(event.output);
    yield;
  }
  return { created, by, spec: spec.output, events, cut };
}

/** The first line, with its line end. */
export function headerLine<Spec>(
  experiment: Pick<Experiment<Spec, never, unknown>, "kind" | "version">,
  { created, by, spec }: { readonly created: string; readonly by: string; readonly spec: Spec },
): string {
  return eventLine({ promptscope: fileVersion, kind: experiment.kind, version: experiment.version, created, by, spec });
}

/** One event, with its line end. */
export function eventLine(event: object): string {
  return `${JSON.stringify(event)}\n`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // The schema refuses it, and the error names the line.
  }
}

function newer(kind: string): RunFileError {
  const message = `This run (“${kind}”) was saved by a later version of Promptscope. Update the extension to open it.`;
  return new RunFileError("newer", message, 1);
}

function badLine(line: number, issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]] | undefined): RunFileError {
  const [issue] = issues ?? [];
  const place = issue ? v.getDotPath(issue) : null;
  const cause = issue ? `${place ? `${place}: ` : ""}${issue.message}` : "it is not JSON";
  return new RunFileError(
    "badLine",
    `Line ${line} cannot be read: ${cause}. Open the file as text to mend it, or take the line out.`,
    line,
  );
}
