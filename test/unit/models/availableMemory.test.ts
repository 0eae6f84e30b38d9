import { totalmem } from "node:os";
import { expect, it } from "vitest";
import { availableMemory, readVmStat } from "../../../src/models/availableMemory";

/** In the form that vm_stat writes, with numbers of our own. */
const output = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                                4471.
Pages active:                            347342.
Pages inactive:                          340226.
Pages speculative:                         6393.
Pages throttled:                              0.
Pages wired down:                        137451.
Pages purgeable:                           7045.
"Translation faults":                1054867034.
Pages copy-on-write:                   18213091.
File-backed pages:                       203418.
`;

it("counts what macOS would give back: free, read ahead and unused pages", () => {
  expect(readVmStat(output)).toBe((4471 + 340_226 + 6393) * 16_384);
});

it("takes no other output for a figure", () => {
  expect(readVmStat("")).toBeUndefined();
  expect(readVmStat(output.replace("Pages inactive", "Pages idle"))).toBeUndefined();
  expect(readVmStat(output.replace("16384", "16 k"))).toBeUndefined();
});

it("knows this machine's memory", async () => {
  const bytes = await availableMemory();
  expect(bytes).toBeGreaterThan(50e6);
  expect(bytes).toBeLessThanOrEqual(totalmem());
});
