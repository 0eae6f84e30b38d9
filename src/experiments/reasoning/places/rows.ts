import Papa from "papaparse";
import { QuestionFileError, questionOfRow } from "../readQuestions";
import type { PlacedQuestion } from "./placed";

/** Rows read between two chances to pause. */
const pauseRows = 200;

/**
 * The questions of a JSON Lines or CSV file with their places; rows without a question, or that are no rows (yet: somebody
 * types), are left out. Yields now and then, for `inSlices`.
 */
export function* placedRows(text: string, fileName: string): Generator<void, PlacedQuestion[]> {
  const found: PlacedQuestion[] = [];
  let line = 0;
  let from = 0;
  let index = 0;
  for (const { row, start, end } of /\.(csv|tsv)$/i.test(fileName) ? csvRows(text) : jsonRows(text)) {
    if (index++ % pauseRows === 0) yield;
    for (; from < start; from++) if (text.charCodeAt(from) === 10) line++;
    const question = row && questionOrNone(row, index);
    if (question) found.push({ question, start, end, line });
  }
  return found;
}

interface Row {
  readonly row: Readonly<Record<string, unknown>> | undefined;
  readonly start: number;
  readonly end: number;
}

function* jsonRows(text: string): Generator<Row> {
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end);
    // Most lines that are no row begin with something else: parsing them would only throw.
    if (line.trimStart().startsWith("{")) yield { row: objectOf(line), start, end };
    start = end + 1;
  }
}

function objectOf(line: string): Row["row"] {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // a line that is being written
  }
}

function csvRows(text: string): Row[] {
  const rows: Row[] = [];
  let from = 0;
  Papa.parse<string[]>(text, {
    step: ({ data, meta: { cursor } }) => {
      const end = text.slice(from, cursor).trimEnd().length + from;
      if (data.some((field) => field.trim() !== "")) rows.push({ row: { ...data }, start: from, end });
      from = cursor;
    },
  });
  const heads = Object.values(rows.shift()?.row ?? {}).map((name) =>
    String(name)
      .replace(/^\uFEFF/, "")
      .trim(),
  );
  return rows.map(({ row, ...place }) => ({
    row: Object.fromEntries(heads.map((name, column) => [name, row?.[column]])),
    ...place,
  }));
}

function questionOrNone(
  row: Readonly<Record<string, unknown>>,
  number: number,
): PlacedQuestion["question"] | undefined {
  try {
    return questionOfRow(row, number);
  } catch (error) {
    if (error instanceof QuestionFileError) return undefined;
    throw error;
  }
}
