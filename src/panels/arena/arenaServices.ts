import type { Uri } from "vscode";
import type { Models } from "../../models/models";
import type { Log } from "../../platform/log";
import type { RegionKeys } from "../regionKeys";
import type { OpenRuns } from "../runs/openRuns";
import type { RunEditors } from "../runs/runEditors";
import type { ArenaRun } from "./arenaRun";

/** The long-lived objects the arena works with. */
export interface ArenaServices {
  readonly models: Models;
  readonly log: Log;
  readonly regions: RegionKeys;
  readonly editors: RunEditors;
  /** Where the extension is installed. */
  readonly extension: Uri;
  /** Folder for runs where no folder is open. */
  readonly storage: Uri;
  /** Program and version, for the record of a run. */
  readonly writtenBy: string;
}

/** What a session works with, wherever it is shown. */
export type SessionServices = Pick<ArenaServices, "models" | "log" | "storage" | "writtenBy"> & {
  readonly runs: OpenRuns<ArenaRun>;
};
