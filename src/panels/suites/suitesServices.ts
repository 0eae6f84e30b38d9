import type { Memento, Uri } from "vscode";
import type { Models } from "../../models/models";
import type { Log } from "../../platform/log";
import type { RegionKeys } from "../regionKeys";
import type { OpenRuns } from "../runs/openRuns";
import type { RunEditors } from "../runs/runEditors";
import type { SuitesRun } from "./suitesRun";

/** The long-lived objects the panel of sharp edges works with. */
export interface SuitesServices {
  readonly models: Models;
  readonly log: Log;
  readonly regions: RegionKeys;
  readonly editors: RunEditors;
  /** Where the extension is installed. */
  readonly extension: Uri;
  /** Folder for runs where no folder is open. */
  readonly storage: Uri;
  /** Keeps how fast models were. */
  readonly memento: Memento;
  /** Program and version, for the record of a run. */
  readonly writtenBy: string;
}

/** What a session works with, wherever it is shown. */
export type SessionServices = Pick<SuitesServices, "models" | "log" | "storage" | "memento" | "writtenBy"> & {
  readonly runs: OpenRuns<SuitesRun>;
};
