import type { Uri } from "vscode";
import type { ExplorerEvent, ExplorerSpec } from "../../experiments/explorer/events";
import type { ExplorerReport } from "../../experiments/explorer/report";
import type { Models } from "../../models/models";
import type { Log } from "../../platform/log";
import type { RegionKeys } from "../regionKeys";
import type { RunEditors } from "../runs/runEditors";
import type { SavedRun } from "../runs/savedRun";

/** The long-lived objects an explorer works with. */
export interface ExplorerServices {
  readonly models: Models;
  readonly log: Log;
  readonly regions: RegionKeys;
  readonly editors: RunEditors;
  /** Where the extension is installed. */
  readonly extension: Uri;
  /** Folder for drafts: what stands in panels that were not saved, so that it outlasts a window reload. */
  readonly drafts: Uri;
  /** Program and version, for the record of a run. */
  readonly writtenBy: string;
}

/** What an exploration works with, wherever it is shown. */
export type SessionServices = Pick<ExplorerServices, "models" | "log" | "writtenBy">;

export type SavedExploration = SavedRun<ExplorerSpec, ExplorerEvent, ExplorerReport>;
