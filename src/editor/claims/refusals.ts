import { l10n } from "vscode";
import { UserError } from "../../platform/userError";
import { formatCount } from "../../tokens/format";

/** Longest selection that is taken apart: well beyond the most claims. */
const mostCharacters = 50_000;
/** More would keep a model busy for longer than anybody waits in front of a text. */
const mostClaims = 100;

/** What is wanted, as far as it may be refused. */
export interface ProbeWish {
  readonly trusted: boolean;
  readonly busy: boolean;
  /** Of the selection, UTF-16 units. */
  readonly characters: number;
  readonly binary: boolean;
}

/** What forbids a probe before its text is read. Throws UserError. */
export function refuseProbe({ trusted, busy, characters, binary }: ProbeWish): void {
  if (!trusted)
    throw new UserError(
      l10n.t("Models are not run in a folder that you have not trusted: its files could be made to mislead."),
    );
  if (busy) throw new UserError(l10n.t("Claims are still being probed. Wait for their end, or stop them first."));
  if (binary) throw new UserError(l10n.t("This file looks binary: there is no claim in it that could be probed."));
  if (characters > mostCharacters)
    throw new UserError(
      l10n.t(
        "The selection has {0} characters; at most {1} are probed at once. Select less.",
        formatCount(characters),
        formatCount(mostCharacters),
      ),
    );
}

/** What of the claims themselves forbids it. Throws UserError. */
export function refuseClaims(claims: number): void {
  if (claims === 0)
    throw new UserError(
      l10n.t("No claim is selected. Select a sentence that says something of somebody or something, and probe that."),
    );
  if (claims > mostClaims)
    throw new UserError(
      l10n.t(
        "The selection has {0} sentences; at most {1} are probed at once. Select fewer.",
        formatCount(claims),
        formatCount(mostClaims),
      ),
    );
}
