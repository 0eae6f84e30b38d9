import { describe, expect, it } from "vitest";
import { loadTokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();
const settings = { "promptscope.lens.startOn": true, "promptscope.tokenizers.compare": ["cl100k_base"] };

describe("the token hover", () => {
  it("tells text, place, id, rank, bytes and word of a token, and compares tokenizers", async () => {
    const source = directorySource("dist");
    const own = await loadTokenizer("o200k_base", source);
    const other = await loadTokenizer("cl100k_base", source);
    const window = await vscode.reuse({ file: "prompts/word-problems.md", settings });
    await window.waitForStatus(/\d tokens/);
    const hover = await window.hover("immons");
    await expect
      .poll(async () => hover.textContent(), { timeout: 10_000 })
      .toMatch(/immons.*token [\d,]+ of [\d,]+ · line 22, token 6 of 22/s);
    const text = (await hover.textContent()) ?? "";
    const [, id] = own.encode(" persimmons").ids;
    expect(text).toContain(String(id));
    expect(text).toMatch(/rank\s*92,492 of 199,998/);
    expect(text).toContain("69 6D 6D 6F 6E 73");
    expect(text).toContain("piece 2 of 2");
    const rows = await hover.locator("table").last().locator("tr").allTextContents();
    expect(rows[1]).toMatch(/^o200k_base/);
    expect(rows[2]).toMatch(/^cl100k_base/);
    expect(rows[2]).toContain(String(other.count(" persimmons")));
    await window.screenshot("hover");

    await hover.getByText("Copy id").click();
    await expect.poll(() => window.page.evaluate(() => navigator.clipboard.readText())).toBe(String(id));
  });

  it("shows the parts of a character that is split", async () => {
    const window = await vscode.reuse({ file: "texts/scripts.md", settings });
    await window.waitForStatus(/\d tokens/);
    await window.page.keyboard.press("Control+Home");
    await window.page.keyboard.type("𓀀 ");
    const hover = await window.hover("𓀀");
    await expect
      .poll(async () => hover.textContent(), { timeout: 10_000 })
      .toMatch(/𓀀 is split into \d tokens.*part 1.*part 2/s);
    await window.screenshot("hover-split");
  });

  it("stays silent while the lens is off", async () => {
    const window = await vscode.open({ file: "prompts/word-problems.md" });
    await window.waitForStatus(/\d tokens/);
    const { x, y } = await window.placeOf("immons");
    await window.page.mouse.move(x, y);
    await window.page.waitForTimeout(1500);
    expect(await window.page.locator(".monaco-hover:visible", { hasText: "Tokenizer" }).count()).toBe(0);
  });
});
