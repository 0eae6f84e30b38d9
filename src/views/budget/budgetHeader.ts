import { type Disposable, type TreeView, commands as vscodeCommands, window } from "vscode";
import { contextKeys, views } from "../../contributions";
import { formatCount, formatShare } from "../../tokens/format";
import type { Budget } from "./budget";
import { footnote, gauge, headline } from "./budgetText";
import type { ViewNode } from "./budgetView";

/** Keeps the view's message, title and progress bar, and the context keys, equal to the budget's state. */
export class BudgetHeader implements Disposable {
  private readonly subscription: Disposable;
  private readonly contexts = new Map<string, string | boolean>();
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
      state.kind === "idle" || shown.roots.length === 0
        ? ""
        : (filter ?? formatShare(shown.total.tokens / measure.contextWindow));
    this.setContext(contextKeys.budgetCounting, counting);
    this.setContext(contextKeys.budgetFiltered, filter !== undefined);
    this.setContext(contextKeys.budgetState, state.kind);
    if (counting && !this.endProgress) this.showProgress();
    if (!counting) {
      this.endProgress?.();
      this.endProgress = undefined;
    }
  }

  private setContext(key: string, value: string | boolean): void {
    if (this.contexts.get(key) === value) return;
    this.contexts.set(key, value);
    void vscodeCommands.executeCommand("setContext", key, value);
  }

  private showProgress(): void {
    // VS Code calls back later; the way to end must be there at once.
    const ended = new Promise<void>((resolve) => {
      this.endProgress = resolve;
    });
    void window.withProgress({ location: { viewId: views.budget } }, () => ended);
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
  if (state.kind === "idle" || shown.roots.length === 0) return "";
  if (state.kind === "failed") return `Counting failed. ${state.message}`;
  const lines = [headline(shown.total, measure), gauge(shown.total.tokens / measure.contextWindow)];
  if (state.kind === "counting") lines.push(progressText(budget));
  else if (state.kind === "stopped") lines.push(`stopped: ${progressText(budget)}`);
  else lines.push(footnote(shown.total, measure));
  if (filter !== undefined) lines.push(`only files that fit “${filter}”`);
  // A message has no line breaks of its own: each part keeps together, so that lines end between parts.
  return lines.map((line) => line.replaceAll(" ", "\u00A0")).join(" ");
}
