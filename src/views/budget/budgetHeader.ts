import { type Disposable, type ProgressLocation, type TreeView, commands as vscodeCommands, window } from "vscode";
import { contextKeys, views } from "../../contributions";
import { formatCount, formatShare } from "../../tokens/format";
import type { Budget } from "./budget";
import { footnote, gauge, headline } from "./budgetText";
import type { ViewNode } from "./budgetView";

/** Keeps the view's message, title and progress bar, and the context keys, equal to the budget's state. */
export class BudgetHeader implements Disposable {
  private readonly subscription: Disposable;
  private endProgress: (() => void) | undefined;

  constructor(
    private readonly budget: Budget,
    private readonly view: TreeView<ViewNode>,
  ) {
    this.subscription = budget.onDidChange(() => this.update());
  }

  dispose(): void {
    this.endProgress?.();
    this.subscription.dispose();
  }

  private update(): void {
    const { state, filter, shown, measure } = this.budget;
    const counting = state.kind === "counting";
    this.view.message = headerText(this.budget);
    this.view.description =
      state.kind === "idle" ? "" : (filter ?? formatShare(shown.total.tokens / measure.contextWindow));
    void vscodeCommands.executeCommand("setContext", contextKeys.budgetCounting, counting);
    void vscodeCommands.executeCommand("setContext", contextKeys.budgetFiltered, filter !== undefined);
    void vscodeCommands.executeCommand("setContext", contextKeys.budgetState, state.kind);
    if (counting && !this.endProgress) this.showProgress();
    if (!counting) {
      this.endProgress?.();
      this.endProgress = undefined;
    }
  }

  private showProgress(): void {
    const location: ProgressLocation | { viewId: string } = { viewId: views.budget };
    void window.withProgress({ location }, () => new Promise<void>((resolve) => (this.endProgress = resolve)));
  }
}

/** "counted 124 of 1,203 files"; while folders are still being found, "of 1,203+". */
export function progressText(budget: Budget): string {
  const { counted, waiting } = budget.tree.total;
  const more = budget.state.kind === "counting" && !budget.state.walked ? "+" : "";
  return `counted ${formatCount(counted)} of ${formatCount(counted + waiting)}${more} files`;
}

function headerText(budget: Budget): string {
  const { state, shown, measure, filter } = budget;
  if (state.kind === "idle") return "";
  if (state.kind === "failed") return `Counting failed. ${state.message}`;
  const lines = [headline(shown.total, measure), gauge(shown.total.tokens / measure.contextWindow)];
  if (state.kind === "counting") lines.push(progressText(budget));
  else if (state.kind === "stopped") lines.push(`stopped: ${progressText(budget)}`);
  else lines.push(footnote(shown.total, measure));
  if (filter !== undefined) lines.push(`only files that fit “${filter}”`);
  // A message has no line breaks of its own: each part keeps together, so that lines end between parts.
  return lines.map((line) => line.replaceAll(" ", "\u00A0")).join(" ");
}
