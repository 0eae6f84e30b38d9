import { l10n, type QuickPickItem, window } from "vscode";

export interface PickManyOptions {
  readonly title: string;
  readonly placeholder: string;
  readonly ignoreFocusOut?: boolean;
}

/**
 * Lets a person tick rows; those with `picked` are ticked from the start. Enter without a tick means the row in hand, and
 * VS Code's own list would take it for “none of them”. Undefined when the person left.
 */
export async function pickMany<Item extends QuickPickItem>(
  items: readonly Item[],
  { title, placeholder, ignoreFocusOut = false }: PickManyOptions,
): Promise<readonly Item[] | undefined> {
  const pick = window.createQuickPick<Item>();
  Object.assign(pick, { title, placeholder, ignoreFocusOut, matchOnDescription: true, matchOnDetail: true });
  pick.canSelectMany = true;
  pick.items = items;
  pick.selectedItems = items.filter(({ picked }) => picked);
  const chosen = await new Promise<readonly Item[] | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const ticked = pick.selectedItems.length > 0 ? pick.selectedItems : pick.activeItems;
      if (ticked.length === 0) {
        pick.placeholder = l10n.t("Nothing is ticked yet: tick at least one, or leave with Escape");
        return;
      }
      resolve(ticked);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return chosen;
}
