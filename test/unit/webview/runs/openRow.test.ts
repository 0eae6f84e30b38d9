import { expect, it, vi } from "vitest";
import { OpenRow } from "../../../../webview/runs/openRow";
import { RowCache } from "../../../../webview/runs/rowCache";

/** A list of questions that a test can filter, and what it has opened of it. */
function opening(ids: readonly string[]) {
  const list = { ids };
  const opened: string[] = [];
  const changed = vi.fn();
  const rows = new RowCache<{ id: string }>(
    async (from, count) => ({
      version: 1,
      total: list.ids.length,
      rows: list.ids.slice(from, from + count).map((id) => ({ id })),
    }),
    () => open.came(),
    (error) => {
      throw error;
    },
  );
  const open = new OpenRow(rows, {
    open: (id) => void opened.push(id),
    rowOf: async (id) => (list.ids.includes(id) ? list.ids.indexOf(id) : null),
    changed,
  });
  return { list, rows, open, opened, changed };
}

it("opens a row now, or as soon as it has come", async () => {
  const { rows, open, opened } = opening(["a", "b", "c"]);
  open.open(2);
  expect(opened).toEqual([]);
  rows.want(0, 3, 3, 1);
  await vi.waitFor(() => expect(opened).toEqual(["c"]));
  open.open(1);
  expect(opened).toEqual(["c", "b"]);
  expect(open.at).toBe(1);
});

it("finds its place in another list, or that it is not there", async () => {
  const { list, rows, open, changed } = opening(["a", "b", "c"]);
  rows.want(0, 3, 3, 1);
  await vi.waitFor(() => expect(rows.at(2)).toBeDefined());
  open.open(2);
  list.ids = ["b", "c"];
  await open.find();
  expect(open.at).toBe(1);
  list.ids = ["b"];
  await open.find();
  expect(open.at).toBeUndefined();
  changed.mockClear();
  await open.find();
  expect(changed).not.toHaveBeenCalled();
  await open.find("b");
  expect(open.at).toBe(0);
});

it("keeps the row that was asked for while another one was looked for", async () => {
  const { rows, open } = opening(["a", "b", "c"]);
  rows.want(0, 3, 3, 1);
  await vi.waitFor(() => expect(rows.at(2)).toBeDefined());
  open.open(0);
  const found = open.find();
  open.open(2);
  await found;
  expect(open.at).toBe(2);
});
