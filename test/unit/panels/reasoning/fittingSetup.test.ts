import { describe, expect, it } from "vitest";
import { fittingSetup } from "../../../../src/panels/reasoning/fittingSetup";
import { firstSetup } from "../../../../src/panels/reasoning/setups";

const question = (answer?: string) => ({ id: "1", text: "What is it?", ...(answer !== undefined && { answer }) });
const onIn = ({ arms }: ReturnType<typeof firstSetup>) => arms.flatMap(({ arm, on }) => (on ? [arm.id] : []));

describe("a setup for other questions", () => {
  const first = firstSetup("specimen-chat");

  it("holds a name against a text, asks for no number and calculates nothing", () => {
    const fitted = fittingSetup(first, [question("Budapest")]);
    expect(fitted.grader).toEqual({ kind: "text" });
    expect(fitted.arms[0]!.arm.chat).toBe("{question} Just the answer.");
    expect(onIn(fitted)).toEqual(onIn(first).filter((id) => id !== "code"));
  });

  it("goes back with numbers", () => {
    const back = fittingSetup(fittingSetup(first, [question("Budapest")]), [question("12")]);
    expect(back).toEqual(first);
  });

  it("stays as it is where it fits, and where nothing has a reference", () => {
    expect(fittingSetup(first, [question("12")])).toBe(first);
    expect(fittingSetup(first, [question()])).toBe(first);
    expect(fittingSetup(first, [])).toBe(first);
  });
});
