import { l10n } from "vscode";
import type { NetworkConsent } from "../../platform/consent";
import { formatBytes } from "../../tokens/format";

export interface WantedDownload {
  readonly name: string;
  readonly hub: URL;
  /** An access token for the hub goes with it. */
  readonly token: boolean;
  readonly bytes: number;
  /** Whether `bytes` is a guess. */
  readonly approximate: boolean;
  readonly licence: string | undefined;
  /** Has to be accepted at the hub with an account. */
  readonly gated: boolean;
  /** Where it goes, and how much room is there. */
  readonly folder: string;
  readonly freeBytes: number | undefined;
}

/** Asks before a model is fetched: from whom, how much, under which licence, and where it goes. */
export function consentToDownload(consent: NetworkConsent, wanted: WantedDownload): Promise<boolean> {
  const { name, bytes, approximate, licence, gated, folder, freeBytes } = wanted;
  const { host } = wanted.hub;
  const size = `${approximate ? "≈ " : ""}${formatBytes(bytes)}`;
  const lines = [
    l10n.t("{0} from {1} (and servers it refers to), licence: {2}.", size, host, licence ?? l10n.t("not stated")),
    ...(gated ? [l10n.t("It needs an account at {0} that accepted the licence, and its token.", host)] : []),
    l10n.t("It is checked against the SHA-256 that the host names and kept in {0}.", folder),
    ...(freeBytes === undefined ? [] : [l10n.t("{0} are free there.", formatBytes(freeBytes))]),
    wanted.token
      ? l10n.t("Your access token for {0} is sent to it, and nothing else of yours.", host)
      : l10n.t("Nothing of yours is sent."),
    l10n.t("You can pause it, and it goes on after a restart."),
  ];
  return consent.ask({
    host,
    question: l10n.t("Download {0}?", name),
    detail: lines.join("\n"),
    yes: l10n.t("Download"),
  });
}
