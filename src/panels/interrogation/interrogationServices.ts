import type { TokenizerService } from "../../tokens/tokenizerService";
import type { RunPanelServices } from "../runs/runPanels";
import type { RunSessionServices } from "../runs/runSession";
import type { InterrogationRun } from "./interrogationRun";

/** The long-lived objects interrogations work with. */
export interface InterrogationServices extends RunPanelServices {
  readonly tokenizers: TokenizerService;
}

/** What a session works with, wherever it is shown. */
export type SessionServices = RunSessionServices<InterrogationRun> & Pick<InterrogationServices, "tokenizers">;
