import { expect, it } from "vitest";
import { regionMessage, regionStep } from "../../../webview/ui/regionMessage";
import { rowWindow } from "../../../webview/ui/rowWindow";
import { nameOf } from "../../../webview/ui/tokenView";

it("draws the rows near the view and no others", () => {
  expect(rowWindow(0, 220, 22, 2048, 5)).toEqual({ first: 0, end: 15 });
  expect(rowWindow(22_000, 220, 22, 2048, 5)).toEqual({ first: 995, end: 1015 });
  expect(rowWindow(1e9, 220, 22, 2048, 5)).toEqual({ first: 2048, end: 2048 });
  expect(rowWindow(0, 220, 22, 3, 5)).toEqual({ first: 0, end: 3 });
});

it("reads the message for another region and leaves every other one", () => {
  expect(regionStep({ [regionMessage]: 1 })).toBe(1);
  expect(regionStep({ [regionMessage]: -1 })).toBe(-1);
  for (const other of [null, undefined, 3, "x", {}, { t: "q", m: "update" }]) expect(regionStep(other)).toBeUndefined();
});

it("names tokens by what can be seen of them", () => {
  expect(nameOf({ text: " the\n" })).toBe("·the⏎");
  expect(nameOf({ text: "\ufffd", bytes: "e282" })).toBe("E2 82");
  expect(nameOf({ text: "" })).toBe("(empty)");
  expect(nameOf({ text: "\u202e" })).toBe("U+202E");
});
