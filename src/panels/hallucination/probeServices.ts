import type { Memento, Uri } from "vscode";
import type { Models } from "../../models/models";
import type { Log } from "../../platform/log";
import type { RegionKeys } from "../regionKeys";
import type { OpenRuns } from "../runs/openRuns";
import type { RunEditors } from "../runs/runEditors";
import type { ProbeRun } from "./probeRun";

/** The long-lived objects the probe works with. */
export interface ProbeServices {
  readonly models: Models;
  readonly log: Log;
  readonly regions: RegionKeys;
  readonly editors: RunEditors;
  /** Where the extension is installed. */
  readonly extension: Uri;
  /** Folder for runs where no folder is open. */
  readonly storage: Uri;
  /** Keeps calibrations and how fast models were. */
  readonly memento: Memento;
  /** Program and version, for the record of a run. */
  readonly writtenBy: string;
}

/** What a session works with, wherever it is shown. */
export type SessionServices = Pick<
  ProbeServices,
  "models" | "log" | "storage" | "memento" | "writtenBy" | "extension"
> & {
  readonly runs: OpenRuns<ProbeRun>;
};
