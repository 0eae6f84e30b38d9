import { type FileHandle, mkdir, open } from "node:fs/promises";
import path from "node:path";
import { drained } from "../experiments/drained";
import type { Experiment } from "../experiments/experiment";
import {
  eventLine,
  headerLine,
  type Run,
  RunFileError,
  type RunHeader,
  readHeader,
  readRun,
} from "../experiments/runFile";
import { InputError, readText } from "./input";
import { existing } from "./spec";

/** A file that a run is saved into. */
export interface SavedRun<Event> {
  /** What it held already of the same spec. */
  readonly events: readonly Event[];
  add(event: Event): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the file to save a run into, and reads what it holds already of the same spec; a last line that was cut off is taken
 * out. Throws InputError for a file that holds another run or none.
 */
export async function openRun<Spec, Event extends object>(
  out: string,
  experiment: Pick<Experiment<Spec, Event, unknown>, "kind" | "version" | "spec" | "event">,
  spec: Spec,
): Promise<SavedRun<Event>> {
  const text = await existing(out);
  if (text === undefined || text === "") {
    const file = await opened(out, "w");
    await file.appendFile(
      headerLine(experiment, { created: new Date().toISOString(), by: "promptscope command line", spec }),
    );
    return saving(file, []);
  }
  const run = readWhole(text, out, experiment);
  if (JSON.stringify(run.spec) !== JSON.stringify(spec)) {
    throw new InputError(`${out} holds a run of another spec. Give another file, or remove it.`);
  }
  const file = await opened(out, "a");
  if (run.cut) {
    // The last line was cut off in mid-writing: its answer is asked for again.
    await file.truncate(new TextEncoder().encode(text.slice(0, text.lastIndexOf("\n") + 1)).length);
  } else if (!text.endsWith("\n")) await file.appendFile("\n");
  return saving(file, run.events);
}

/** In a folder that is made where it is missing, as reports' are. Throws InputError. */
async function opened(out: string, flags: "a" | "w"): Promise<FileHandle> {
  try {
    await mkdir(path.dirname(out), { recursive: true });
    return await open(out, flags);
  } catch (error) {
    throw new InputError(`${out} cannot be written: ${(error as Error).message}`);
  }
}

function saving<Event extends object>(file: FileHandle, events: readonly Event[]): SavedRun<Event> {
  return {
    events,
    add: async (event) => {
      // Unlike `write`, this goes on until all is written, or says why not.
      await file.appendFile(eventLine(event));
    },
    close: () => file.close(),
  };
}

/** A saved run, to be looked at. Throws InputError. */
export async function readSavedRun<Spec, Event>(
  file: string,
  experiment: Pick<Experiment<Spec, Event, unknown>, "kind" | "version" | "spec" | "event">,
): Promise<Run<Spec, Event>> {
  return readWhole(await readText(file), file, experiment);
}

/** A run as read from a file's text, with the file named in what is wrong with it. Throws InputError. */
export function readWhole<Spec, Event>(
  text: string,
  file: string,
  experiment: Pick<Experiment<Spec, Event, unknown>, "kind" | "version" | "spec" | "event">,
): Run<Spec, Event> {
  return naming(file, () => drained(readRun(text, experiment)));
}

/** What a file is, from its first line. Throws InputError. */
export function headerOf(text: string, file: string): RunHeader {
  return naming(file, () => readHeader(text));
}

function naming<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RunFileError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}
