import * as v from "valibot";
import { QuestionFileError } from "../reasoning/readQuestions";
import { type Suite, suiteItem } from "./suite";

/** What stands in a line of a person's own suite: only `text` and, to be graded, `reference` are needed. */
const line = v.strictObject({
  ...v.partial(suiteItem).entries,
  text: suiteItem.entries.text,
});

/**
 * A suite of a JSON Lines file: one item a line, at least `{"text": …, "reference": …}`. Throws QuestionFileError, which
 * names the line and what is wrong.
 */
export function readSuite(text: string, name: string): Suite {
  const items = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((json, index) => {
      if (json.trim() === "") return [];
      const read = v.safeParse(line, parsed(json, index + 1));
      if (!read.success) {
        const [issue] = read.issues;
        throw new QuestionFileError(
          `Line ${index + 1}: ${v.getDotPath(issue) ?? "the line"}: ${issue.message}.`,
          index + 1,
        );
      }
      const {
        id = String(index + 1),
        variant = "",
        kind = "chat",
        check = "says",
        maxTokens = 64,
        ...rest
      } = read.output;
      return [{ line: index + 1, item: v.parse(suiteItem, { id, variant, kind, check, maxTokens, ...rest }) }];
    });
  if (items.length === 0) throw new QuestionFileError("There is no item in this file.", 1);
  const ids = new Set<string>();
  for (const { line: number, item } of items) {
    if (ids.has(item.id)) throw new QuestionFileError(`Line ${number}: the id “${item.id}” is there twice.`, number);
    ids.add(item.id);
  }
  return { id: `own ${name}`, name, items: items.map(({ item }) => item) };
}

function parsed(json: string, number: number): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new QuestionFileError(`Line ${number} is not valid JSON: ${(error as Error).message}.`, number);
  }
}
