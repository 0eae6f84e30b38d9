import type { Event, Uri } from "vscode";
import type { InterrogationReport } from "../../experiments/interrogation/report";

/** What an interrogation found out about one file. */
export interface FileKnowledge {
  /** The run so far; the heat map makes its own summary of it, a frame later. */
  readonly report: InterrogationReport;
  /** The file's name in the run, as its snippets have it. */
  readonly file: string;
}

/**
 * The interrogations that are open, for the heat map in the editor. The panel that has them gives an object of this shape
 * and `extension.ts` hands it to `registerKnowledge`, since editor and panels do not import each other. The panel shows the
 * map with the command `promptscope.showKnowledge` and the file's Uri.
 */
export interface KnowledgeSource {
  /** A report changed, or a run was opened or closed. May fire with every event of a run. */
  readonly onDidChange: Event<void>;
  /** The latest run that asked about the file; undefined where none did. */
  about(file: Uri): FileKnowledge | undefined;
  /** Shows the panel of that run, at a question where one is named; opens one on the file where there is none. */
  open(file: Uri, question?: string): Promise<void>;
}
