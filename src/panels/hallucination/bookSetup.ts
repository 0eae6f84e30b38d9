import { l10n } from "vscode";
import type { Setup } from "../../../webview/hallucination/setup";
import { type BookedItem, withBooks } from "../../experiments/hallucination/books";
import type { Item } from "../../experiments/hallucination/spec";
import type { Inputs } from "./inputs";

type PageText = { readonly text: string } | { readonly problem: string };

/** The page of a setup, or why there is none. */
export async function pageOf({ page }: NonNullable<Setup["books"]>, inputs: Inputs): Promise<PageText> {
  try {
    const text = await inputs.page(page);
    return text.trim() === "" ? { problem: l10n.t("The page is empty.") } : { text };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

/** What stands in the way of a page, or of changing a fact on it. */
export function bookProblem(
  misleading: boolean,
  page: PageText | undefined,
  own: readonly Item[],
  changed: number,
): string | null {
  if (page && "problem" in page) return page.problem;
  if (!misleading || changed > 0) return null;
  return own.every(({ reference }) => reference === undefined)
    ? l10n.t("Nothing can be changed on the page without a reference: say what is right, or what is to be changed.")
    : l10n.t("The page does not hold the reference’s words, so nothing is changed on it.");
}

/** A question with its page, and with a changed fact where the setup says so. */
export function bookedWith(item: Item, { books, seed }: Setup, text: string | undefined): BookedItem {
  if (!books || text === undefined) return asBooked(item);
  const booked = withBooks(item, { name: books.page.name, text }, seed, books.change ?? undefined);
  if (books.misleading) return booked;
  const pages = booked.pages.filter(({ kind }) => kind === "open");
  const own = (booked.item.pages ?? []).filter(({ page }) => pages.some(({ id }) => id === page));
  return { item: { ...booked.item, pages: own }, pages };
}

/** The first known control is asked with a page too, its own right answer: where there is memory, page and memory can differ. */
export function withOwnPage(controls: readonly Item[], seed: number): (Item | BookedItem)[] {
  const first = controls.find(({ group, reference }) => group === "known" && reference !== undefined);
  return controls.map((item) =>
    item === first ? withBooks(item, { name: l10n.t("what is right of it"), text: item.reference! }, seed) : item,
  );
}

export function asBooked(item: Item | BookedItem): BookedItem {
  return "item" in item ? item : { item, pages: [] };
}

/** An error in words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
