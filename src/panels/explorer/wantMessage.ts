import { l10n } from "vscode";
import type { Want } from "../../experiments/explorer/asking";

/** What a model is being asked, in words. */
export function wantMessage({ what }: Want): string {
  switch (what) {
    case "model":
    case "rivalModel":
      return l10n.t("Loading the model");
    case "prompt":
      return l10n.t("Reading the tokens");
    case "outlook":
      return l10n.t("Asking what comes next");
    case "scores":
      return l10n.t("Scoring the prompt");
  }
}
