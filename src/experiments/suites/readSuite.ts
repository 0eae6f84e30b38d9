import * as v from "valibot";
import { drained } from "../drained";
import { QuestionFileError } from "../reasoning/readQuestions";
import { patternFault } from "./pattern";
import { type Suite, type SuiteItem, suiteItem } from "./suite";

/** Items of a person's own suite at most: all of them go into the first line of a run. */
export const mostItems = 2000;

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
  return drained(readingSuite(text, name));
}

/** The same, with a pause after each line. */
export function* readingSuite(text: string, name: string): Generator<void, Suite> {
  const items: SuiteItem[] = [];
  const lineOf = new Map<string, number>();
  let number = 1;
  for (let start = text.startsWith("\uFEFF") ? 1 : 0; start < text.length; number++) {
    const end = text.indexOf("\n", start);
    const json = text.slice(start, end < 0 ? undefined : end);
    start = end < 0 ? text.length : end + 1;
    if (json.trim() === "") continue;
    const item = itemOf(json, number);
    const before = lineOf.get(item.id);
    if (before !== undefined) {
      const message = `Line ${number}: the id “${item.id}” is there twice, first in line ${before}. Give each case its own.`;
      throw new QuestionFileError(message, number);
    }
    lineOf.set(item.id, number);
    items.push(item);
    if (items.length > mostItems) {
      const message = `Line ${number}: a suite has at most ${mostItems.toLocaleString("en-US")} cases. Cut the file into several suites.`;
      throw new QuestionFileError(message, number);
    }
    yield;
  }
  if (items.length === 0) throw new QuestionFileError("There is no item in this file.", 1);
  return { id: `own ${name}`, name, items };
}

function itemOf(json: string, number: number): SuiteItem {
  const read = v.safeParse(line, parsed(json, number));
  if (!read.success) {
    const [issue] = read.issues;
    throw new QuestionFileError(`Line ${number}: ${v.getDotPath(issue) ?? "the line"}: ${issue.message}.`, number);
  }
  const { id = String(number), variant = "", kind = "chat", check = "says", maxTokens = 64, ...rest } = read.output;
  if (check === "matches") {
    const fault = rest.reference === undefined ? "there is none" : patternFault(rest.reference);
    if (fault !== undefined) {
      const message = `Line ${number}: reference: “matches” needs a regular expression of RE2’s kind: ${fault}.`;
      throw new QuestionFileError(message, number);
    }
  }
  return v.parse(suiteItem, { id, variant, kind, check, maxTokens, ...rest });
}

function parsed(json: string, number: number): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new QuestionFileError(`Line ${number} is not valid JSON: ${(error as Error).message}.`, number);
  }
}
