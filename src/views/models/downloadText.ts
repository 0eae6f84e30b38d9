import { l10n } from "vscode";
import type { DownloadStatus } from "../../inference/library";
import { formatBytes, formatCount } from "../../tokens/format";

/** A download in one line: "34 %, 92.1 of 271.0 MB, 8.2 MB/s, 22 s left". */
export function downloadText(status: DownloadStatus): string {
  const { state, receivedBytes, totalBytes, bytesPerSecond, secondsLeft, verifiedBytes, error, note } = status;
  const share = (bytes: number): string =>
    totalBytes === undefined || totalBytes === 0
      ? formatBytes(bytes)
      : l10n.t("{0} % of {1}", Math.floor((bytes / totalBytes) * 100), formatBytes(totalBytes));
  switch (state) {
    case "waiting":
      return note ?? l10n.t("waiting, {0}", share(receivedBytes));
    case "running":
      return [
        share(receivedBytes),
        ...(bytesPerSecond === undefined ? [] : [`${formatBytes(bytesPerSecond)}/s`]),
        ...(secondsLeft === undefined ? [] : [l10n.t("{0} left", duration(secondsLeft))]),
        ...(note === undefined ? [] : [note]),
      ].join(", ");
    case "verifying":
      return l10n.t("checking SHA-256, {0}", share(verifiedBytes));
    case "paused":
      return l10n.t("paused, {0}", share(receivedBytes));
    case "failed":
      return l10n.t("failed: {0}", error?.message ?? "");
    case "done":
      return l10n.t("done");
  }
}

/** "22 s", "3 min", "1 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return l10n.t("{0} s", Math.ceil(seconds));
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return l10n.t("{0} min", minutes);
  return l10n.t("{0} h {1} min", formatCount(Math.floor(minutes / 60)), minutes % 60);
}
