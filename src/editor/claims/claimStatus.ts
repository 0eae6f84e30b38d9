import { type Disposable, l10n, StatusBarAlignment, window } from "vscode";
import { commands } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import type { DocumentMarks } from "../marks/documentMarks";
import type { ClaimMark } from "./claimMark";
import type { ClaimProbing } from "./claimProbing";
import { progressText, summaryText } from "./claimWords";

/** Left of the surprisal lens's item. */
const priority = 103;

/** How far a probe is, wherever one looks; else what the active editor's marks come to. */
export function registerClaimStatus(marks: DocumentMarks<ClaimMark>, probing: ClaimProbing): Disposable {
  const store = new DisposableStore();
  const item = store.add(window.createStatusBarItem("promptscope.claims", StatusBarAlignment.Right, priority));
  item.name = l10n.t("Promptscope claims");
  const refresh = (): void => {
    const { progress } = probing;
    const document = window.activeTextEditor?.document;
    const summary = document && summaryText(marks.of(document));
    if (progress) {
      item.text = `$(loading~spin) ${progressText(progress)}`;
      item.tooltip = l10n.t("Claims are being probed. Click to stop; what is told stays.");
      item.command = commands.claimsStop;
    } else if (summary) {
      item.text = `$(comment-unresolved) ${summary}`;
      item.tooltip = l10n.t("Claims that were probed here. Click to go to the next one.");
      item.command = commands.claimsNext;
    } else {
      item.hide();
      return;
    }
    const spoken = item.text.replace(/\$\([^)]*\)\s*/g, "");
    item.accessibilityInformation = { label: `${spoken}. ${item.tooltip}`, role: "button" };
    item.show();
  };
  for (const event of [marks.onDidChange, probing.onDidChange, window.onDidChangeActiveTextEditor])
    store.add(event(refresh));
  refresh();
  return store;
}
