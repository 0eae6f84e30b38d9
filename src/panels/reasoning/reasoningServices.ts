import type { Memento, Uri } from "vscode";
import type { Models } from "../../models/models";
import type { Log } from "../../platform/log";
import type { RegionKeys } from "../regionKeys";
import type { RunEditors } from "../runs/runEditors";

/** The long-lived objects the reasoning panel works with. */
export interface ReasoningServices {
  readonly models: Models;
  readonly log: Log;
  readonly regions: RegionKeys;
  readonly editors: RunEditors;
  /** Where the extension is installed. */
  readonly extension: Uri;
  /** Folder for runs where no folder is open. */
  readonly storage: Uri;
  /** Keeps earlier texts of arms. */
  readonly memento: Memento;
  /** Program and version, for the record of a run. */
  readonly writtenBy: string;
}
