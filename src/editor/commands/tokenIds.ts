import { l10n } from "vscode";
import { UserError } from "../../platform/commands";
import { formatCount } from "../../tokens/format";
import { shortened } from "../hover/display";

/** How token ids are written: "40 3021" or "[40, 3021]". */
export type IdFormat = "ids" | "python";

const marks: Readonly<Record<IdFormat, readonly [open: string, between: string, close: string]>> = {
  ids: ["", " ", ""],
  python: ["[", ", ", "]"],
};

/** The ids as text, in parts of some thousand. */
export function* idsText(ids: ArrayLike<number>, format: IdFormat): Generator<string> {
  const [open, between, close] = marks[format];
  yield open;
  const step = 4096;
  for (let start = 0; start < ids.length; start += step) {
    const part = Array.prototype.slice.call(ids, start, start + step) as number[];
    yield (start > 0 ? between : "") + part.join(between);
  }
  yield close;
}

/** Reads ids as people have them: a JSON or Python list, our own JSON with texts, or numbers between spaces or commas. */
export function parseIds(text: string): number[] {
  const trimmed = text.trim();
  if (trimmed === "") throw new UserError(l10n.t("The clipboard holds no text, so there is nothing to decode."));
  const fromJson = parseJson(trimmed);
  if (fromJson) return fromJson.map(idOf);
  const inner = trimmed.replace(/^(?:tensor|array)?\(?\s*\[+/, "").replace(/\]+\s*\)?$/, "");
  return inner
    .split(/[\s,;]+/)
    .filter((item) => item !== "")
    .map((item, index) => {
      if (!/^\d+$/.test(item)) throw notAnId(item, index);
      return Number(item);
    });
}

/** Throws a UserError that names the first id that the vocabulary does not have. */
export function checkIds(
  ids: readonly number[],
  known: (id: number) => boolean,
  tokenizer: string,
  vocabularySize: number,
): void {
  const bad = ids.findIndex((id) => !known(id));
  if (bad < 0) return;
  throw new UserError(
    l10n.t(
      "Item {0}, {1}, is no token of {2}, whose ids run from 0 to {3}. Pick the tokenizer the ids were made with, then decode again.",
      formatCount(bad + 1),
      String(ids[bad]),
      tokenizer,
      formatCount(vocabularySize - 1),
    ),
  );
}

function parseJson(text: string): unknown[] | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.flat(2);
    if (typeof value !== "object" || value === null) return undefined;
    const { tokens, ids, input_ids } = value as Record<string, unknown>;
    return [tokens, ids, input_ids].find((list): list is unknown[] => Array.isArray(list))?.flat(2);
  } catch {
    return undefined; // not JSON: read as plain numbers, which names the first bad item
  }
}

function idOf(item: unknown, index: number): number {
  const id = typeof item === "object" && item !== null ? (item as { id?: unknown }).id : item;
  if (typeof id !== "number" || !Number.isInteger(id) || id < 0) throw notAnId(JSON.stringify(item) ?? "null", index);
  return id;
}

function notAnId(item: string, index: number): UserError {
  return new UserError(
    l10n.t(
      "Item {0} of the clipboard, “{1}”, is no token id. Ids are whole numbers from 0 on: a JSON or Python list, or numbers between spaces or commas.",
      formatCount(index + 1),
      shortened(item, 30),
    ),
  );
}
