import { expect, it } from "vitest";
import { differentNames } from "../../../../src/panels/suites/differentNames";

it("gives no name twice, and the first keeps its own", () => {
  expect(differentNames(["a/x", "x", "x", "x (2)", "x"])).toEqual(["a/x", "x", "x (2)", "x (2) (2)", "x (3)"]);
});
