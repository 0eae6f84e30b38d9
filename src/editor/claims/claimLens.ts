import { CodeLens, type Disposable, EventEmitter, l10n, languages, Range } from "vscode";
import { commands } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import type { DocumentMarks } from "../marks/documentMarks";
import type { ClaimMark } from "./claimMark";
import type { ClaimProbing } from "./claimProbing";
import { progressText, summaryText } from "./claimWords";

/** Above the first marked claim: what the marks come to, or how far their probing is, and what can be done. */
export function registerClaimLens(marks: DocumentMarks<ClaimMark>, probing: ClaimProbing): Disposable {
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<void>());
  store.add(marks.onDidChange(() => changed.fire()));
  store.add(probing.onDidChange(() => changed.fire()));
  store.add(
    languages.registerCodeLensProvider("*", {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses(document) {
        const all = marks.of(document);
        const [first] = all;
        if (!first) return [];
        const { line } = first.range.start;
        const lens = (title: string, command: string, tooltip: string): CodeLens =>
          new CodeLens(new Range(line, 0, line, 0), { title, command, tooltip });
        const { progress } = probing;
        const summary = summaryText(all);
        return [
          ...(summary === undefined ? [] : [lens(summary, commands.claimsNext, l10n.t("Go to the next claim"))]),
          ...(progress?.document === document
            ? [
                lens(
                  `${progressText(progress)} · ${l10n.t("Stop")}`,
                  commands.claimsStop,
                  l10n.t("Stop probing; what is told stays"),
                ),
              ]
            : [
                lens(
                  l10n.t("Clear marks"),
                  commands.claimsClear,
                  l10n.t("Take the marks away. They are not in the file."),
                ),
              ]),
        ];
      },
    }),
  );
  return store;
}
