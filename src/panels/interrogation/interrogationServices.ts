import type { Memento, Uri } from "vscode";
import type { Models } from "../../models/models";
import type { Log } from "../../platform/log";
import type { TokenizerService } from "../../tokens/tokenizerService";
import type { RegionKeys } from "../regionKeys";
import type { OpenRuns } from "../runs/openRuns";
import type { RunEditors } from "../runs/runEditors";
import type { InterrogationRun } from "./interrogationRun";

/** The long-lived objects that interrogations work with. */
export interface InterrogationServices {
  readonly models: Models;
  readonly tokenizers: TokenizerService;
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
export type SessionServices = Omit<InterrogationServices, "regions" | "editors"> & {
  readonly runs: OpenRuns<InterrogationRun>;
};
