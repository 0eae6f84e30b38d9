import fc from "fast-check";
import { expect, it } from "vitest";
import { editBetween, firstState, keepable, keptUnits, restored, toggled } from "../../../webview/inspector/state";
import { count, percent, plural, signed } from "../../../webview/ui/format";

const anyText = fc.string({ unit: fc.constantFrom("a", "b", "é", "\ud83d", "\ude00", "\n"), maxLength: 12 });

it("finds the edit between any two texts", () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const { offset, deleted, inserted } = editBetween(a, b);
      expect(a.slice(0, offset) + inserted + a.slice(offset + deleted)).toBe(b);
    }),
  );
  expect(editBetween("aXb", "aYYb")).toEqual({ offset: 1, deleted: 1, inserted: "YY" });
});

it("starts anew from a state it does not know", () => {
  expect(restored(undefined)).toEqual(firstState);
  expect(restored({ version: 7 })).toEqual(firstState);
  expect(restored({ ...firstState, mode: "compare" }).mode).toBe("compare");
  expect(restored({ ...firstState, mode: "<script>" })).toEqual(firstState);
});

it("keeps typed text up to a limit", () => {
  expect(keepable({ ...firstState, typed: "abc" }).typed).toBe("abc");
  expect(keepable({ ...firstState, typed: "a".repeat(keptUnits + 1) }).typed).toBe("");
});

it("compares one to four tokenizers", () => {
  expect(toggled(["a"], "a")).toEqual(["a"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  expect(toggled(["a", "b", "c", "d"], "e")).toEqual(["a", "b", "c", "d"]);
});

it("writes numbers as people read them", () => {
  expect(count(1284)).toBe("1,284");
  expect(plural(1, "token")).toBe("1 token");
  expect(signed(-3)).toBe("−3");
  expect([percent(0), percent(0.0004), percent(0.01), percent(0.146), percent(1)]).toEqual([
    "0.0 %",
    "< 0.1 %",
    "1.0 %",
    "15 %",
    "100 %",
  ]);
});
