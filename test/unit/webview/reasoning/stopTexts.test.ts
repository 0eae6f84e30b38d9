import { describe, expect, it } from "vitest";
import { defaultArms } from "../../../../src/experiments/reasoning/arms";
import { stopsOf, stopsText } from "../../../../webview/reasoning/stopTexts";

describe("stop texts", () => {
  it("are written one a line and read back as they were", () => {
    expect(stopsText(["\nQuestion:", "\n\n"])).toBe(`${String.raw`\nQuestion:`}\n${String.raw`\n\n`}`);
    const odd = ["\t", String.raw`a\nb`, "\\", "a b"];
    for (const stops of [...defaultArms.map(({ documentStops }) => documentStops), odd, []]) {
      expect(stopsOf(stopsText(stops))).toEqual(stops);
    }
  });

  it("leave empty lines out", () => {
    expect(stopsOf("\na\n\n")).toEqual(["a"]);
  });
});
