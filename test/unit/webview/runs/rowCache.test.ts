import { describe, expect, it, vi } from "vitest";
import type { QuestionRow } from "../../../../webview/reasoning/questions";
import { RowCache } from "../../../../webview/runs/rowCache";

const row = (index: number, text = `q${index}`): QuestionRow => ({
  index,
  id: String(index),
  text,
  steps: null,
  answer: null,
  cells: [],
  tokens: 0,
});

function served(total: number, version = { now: 1 }, text = (index: number) => `q${index}`) {
  const ask = vi.fn(async (from: number, count: number) => ({
    version: version.now,
    total,
    rows: Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, at) =>
      row(from + at, text(from + at)),
    ),
  }));
  const changed = vi.fn();
  const failed = vi.fn();
  return { cache: new RowCache(ask, changed, failed), ask, changed, failed };
}

describe("rows of the list", () => {
  it("are asked for once, with a margin, and again only where the list has changed", async () => {
    const version = { now: 1 };
    const { cache, ask, changed } = served(1000, version);
    cache.want(100, 112, 1000, 1);
    cache.want(100, 112, 1000, 1);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
    expect(ask.mock.calls).toEqual([[60, 92]]);
    expect(cache.at(100)?.text).toBe("q100");
    cache.want(105, 117, 1000, 1);
    expect(ask).toHaveBeenCalledOnce();
    version.now = 2;
    cache.want(105, 117, 1000, 2);
    expect(cache.at(105)?.text, "shown as it was until the answer comes").toBe("q105");
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2));
  });

  it("that came for another list are not taken", async () => {
    const { cache, changed } = served(10);
    cache.want(0, 5, 10, 1);
    cache.clear();
    await vi.waitFor(() => expect(changed).toHaveBeenCalled());
    expect(cache.at(0)).toBeUndefined();
  });

  it("that are no longer there are not asked for again", async () => {
    const { cache, ask, changed } = served(3);
    cache.want(0, 8, 8, 1);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
    cache.want(0, 8, 8, 1);
    expect(ask).toHaveBeenCalledOnce();
  });

  it("report a failure once", async () => {
    const failed = vi.fn();
    const ask = vi.fn(() => Promise.reject(new Error("gone")));
    const cache = new RowCache(ask, vi.fn(), failed);
    cache.want(0, 5, 10, 1);
    await vi.waitFor(() => expect(failed).toHaveBeenCalledWith(new Error("gone")));
    cache.want(0, 5, 10, 1);
    expect(ask).toHaveBeenCalledOnce();
    cache.want(0, 5, 10, 2);
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
