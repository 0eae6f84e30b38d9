import { l10n } from "vscode";

/** How long ago: "12 s", "5 min", "2 h". */
export function ago(seconds: number): string {
  if (seconds < 90) return l10n.t("{0} s", Math.round(seconds));
  return seconds < 5400 ? l10n.t("{0} min", Math.round(seconds / 60)) : l10n.t("{0} h", Math.round(seconds / 3600));
}
