import type { Uri } from "vscode";
import type { Log } from "../../platform/log";
import type { AddedTokenizerStore } from "../../tokens/addedTokenizers";
import type { LiveDocuments } from "../../tokens/liveDocuments";
import type { TokenizerService } from "../../tokens/tokenizerService";
import type { RegionKeys } from "../regionKeys";

/** The long-lived objects an inspector works with. */
export interface InspectorServices {
  readonly tokenizers: TokenizerService;
  /** The tokenizers that the user added. */
  readonly added: Pick<AddedTokenizerStore, "get" | "list">;
  readonly documents: LiveDocuments;
  readonly log: Log;
  readonly regions: RegionKeys;
  /** Where the extension is installed. */
  readonly extension: Uri;
}
