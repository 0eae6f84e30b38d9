import { expect, it } from "vitest";
import { columnsOf, type LanePage } from "../../../webview/ui/tokenPage";

function lane(starts: readonly number[]): LanePage {
  const n = starts.length;
  return {
    first: 0,
    ids: Uint32Array.from(starts, (_, i) => i),
    starts: Uint32Array.from(starts),
    bytes: new Uint8Array(n),
    byteEnds: Uint32Array.from(starts, (_, i) => i + 1),
    marks: new Uint8Array(n),
  };
}
const page = (end: number, ...lanes: LanePage[]) => ({ index: 0, version: 1, ready: true, start: 0, end, lanes });

it("makes a column of each token of one tokenizer", () => {
  expect(columnsOf(page(9, lane([0, 3, 5]))).map(({ start, end }) => [start, end])).toEqual([
    [0, 3],
    [3, 5],
    [5, 9],
  ]);
});

it("lets tokens inside one code point cover all of it", () => {
  expect(columnsOf(page(4, lane([0, 1, 1, 3]))).map(({ start, end }) => [start, end])).toEqual([
    [0, 1],
    [1, 3],
    [1, 3],
    [3, 4],
  ]);
});

it("cuts several tokenizers where all have a border, and says where they differ", () => {
  const columns = columnsOf(page(10, lane([0, 4, 6, 8]), lane([0, 3, 4, 8])));
  expect(columns.map(({ start, end, differs }) => [start, end, differs])).toEqual([
    [0, 4, true],
    [4, 8, true],
    [8, 10, false],
  ]);
  expect(columns[0]?.tokens).toEqual([
    { from: 0, to: 1 },
    { from: 0, to: 2 },
  ]);
});

it("sees a difference in how many tokens share a code point", () => {
  expect(columnsOf(page(3, lane([0, 0, 2]), lane([0, 0, 0, 2]))).map(({ differs }) => differs)).toEqual([true, false]);
  expect(columnsOf(page(3, lane([0, 0, 2]), lane([0, 0, 2]))).map(({ differs }) => differs)).toEqual([false, false]);
});

it("gives every token of every lane to one column", () => {
  const lanes = [lane([0, 2, 2, 5, 9]), lane([0, 1, 5, 7, 9, 9]), lane([0, 5])];
  const columns = columnsOf(page(12, ...lanes));
  for (const [i, { starts }] of lanes.entries()) {
    expect(columns.map(({ tokens }) => (tokens[i]?.to ?? 0) - (tokens[i]?.from ?? 0)).reduce((a, b) => a + b)).toBe(
      starts.length,
    );
  }
});
