import { l10n } from "vscode";
import { setting } from "./configuration";
import { UserError } from "./userError";

/** The hub or mirror that tokenizers and models come from. Throws UserError where the setting is no web address. */
export function hubAddress(): URL {
  const address = setting("promptscope.hub.url");
  if (/^https?:/.test(address) && URL.canParse(address)) return new URL(address);
  throw new UserError(l10n.t("“{0}” is no web address. Correct the setting promptscope.hub.url.", address));
}
