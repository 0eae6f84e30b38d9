import {
  type Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from "vscode";
import { commands } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import type { DocumentScoring } from "./scoring";
import { notes, type SurprisalStatus, scopeText, surprisalText } from "./statusText";
import type { SurprisalLens } from "./surprisalLens";

/** Left of the token count. */
const priority = 102;

/** Perplexity and bits per character of the active editor, what is going on, and what went wrong. */
export class SurprisalStatusBar implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item: StatusBarItem;

  constructor(private readonly lens: SurprisalLens) {
    this.item = this.store.add(window.createStatusBarItem("promptscope.surprisal", StatusBarAlignment.Right, priority));
    this.item.name = l10n.t("Promptscope surprisal");
    this.store.add(lens.onDidChange(() => this.refresh()));
    this.refresh();
  }

  dispose(): void {
    this.store.dispose();
  }

  private refresh(): void {
    const scoring = this.lens.on ? this.lens.active : undefined;
    if (!scoring) {
      this.item.hide();
      return;
    }
    const status = statusOf(scoring);
    const failed = status.state.kind === "failed";
    const busy = status.state.kind === "loading" || status.state.kind === "scoring";
    const again = failed || status.state.kind === "stopped" || (status.state.kind === "stale" && !status.state.waiting);
    this.item.text = surprisalText(status);
    this.item.backgroundColor = failed ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.command = busy
      ? commands.surprisalCancel
      : again
        ? commands.surprisalRefresh
        : commands.surprisalPickModel;
    this.item.tooltip = tooltip(status, busy);
    const spoken = [this.item.text.replace(/\$\([^)]*\)\s*/g, ""), ...notes(status)];
    this.item.accessibilityInformation = { label: spoken.join(". "), role: "button" };
    this.item.show();
  }
}

/** What is known of a document's scores, for whoever shows it. */
export function statusOf(scoring: DocumentScoring): SurprisalStatus {
  const { facts, state, summed, document } = scoring;
  const lines = facts && {
    from: document.positionAt(facts.range.start).line + 1,
    to: document.positionAt(facts.range.end).line + 1,
  };
  return { state, facts, summary: summed, lines };
}

function tooltip(status: SurprisalStatus, busy: boolean): MarkdownString {
  const markdown = new MarkdownString("", true);
  markdown.isTrusted = {
    enabledCommands: [
      commands.surprisalPickModel,
      commands.surprisalRefresh,
      commands.surprisalCancel,
      commands.showLog,
      commands.toggleSurprisalLens,
    ],
  };
  const head = [status.facts?.model.name, status.facts?.model.build, scopeText(status)].filter(Boolean);
  for (const text of [head.join(" · "), ...notes(status)]) if (text) markdown.appendText(text).appendMarkdown("\n\n");
  const links = [
    ...(busy
      ? [link(l10n.t("Stop"), commands.surprisalCancel)]
      : [link(l10n.t("Score again"), commands.surprisalRefresh)]),
    link(l10n.t("Choose model"), commands.surprisalPickModel),
    ...(status.state.kind === "failed" ? [link(l10n.t("Show log"), commands.showLog)] : []),
    link(l10n.t("Turn off"), commands.toggleSurprisalLens),
  ];
  return markdown.appendMarkdown(links.join("&emsp;"));
}

function link(label: string, command: string): string {
  return `[${label}](command:${command})`;
}
