import type { Uri } from "vscode";
import type { Log } from "../../platform/log";
import type { LiveDocuments } from "../../tokens/liveDocuments";
import type { TokenizerService } from "../../tokens/tokenizerService";

/** The long-lived objects an inspector works with. */
export interface InspectorServices {
  readonly tokenizers: TokenizerService;
  readonly documents: LiveDocuments;
  readonly log: Log;
  /** Where the extension is installed. */
  readonly extension: Uri;
}
