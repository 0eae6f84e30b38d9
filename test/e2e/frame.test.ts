import { expect, it } from "vitest";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();

it("paints the tokens of a file when the lens is switched on from the palette", async () => {
  const window = await vscode.open({ file: "prompts/word-problems.md" });
  const status = await window.waitForStatus(/[\d,]+ tokens/);
  expect(status).toContain("o200k_base");
  expect(await window.paintedBands()).toEqual([]);
  await window.command("Promptscope: Toggle Token Lens");
  await expect.poll(async () => (await window.paintedBands()).length, { timeout: 10_000 }).toBeGreaterThan(100);
  await window.screenshot("frame-lens");
  await window.command("Promptscope: Toggle Token Lens");
  await expect.poll(async () => (await window.paintedBands()).length, { timeout: 10_000 }).toBe(0);
});
