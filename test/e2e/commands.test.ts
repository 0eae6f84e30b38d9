import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadTokenizer, type Tokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
let tokenizer: Tokenizer;

beforeAll(async () => {
  tokenizer = await loadTokenizer("o200k_base", directorySource("dist"));
});

const clipboard = (window: Workbench): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());

describe("commands", () => {
  it("copies a file's ids and decodes them again into the same text", async () => {
    const window = await vscode.reuse({ file: "prompts/tone.md" });
    await window.waitForStatus(/\d tokens/);
    const text = await readFile(path.join(window.folder, "prompts/tone.md"), "utf8");
    await window.command("Promptscope: Copy Tokens as a Python List");
    await expect.poll(() => clipboard(window), { timeout: 10_000 }).toMatch(/^\[\d+(, \d+)*\]$/);
    expect(JSON.parse(await clipboard(window))).toEqual([...tokenizer.encode(text).ids]);
    await window.command("Promptscope: Decode Token Ids from the Clipboard");
    await window.page.locator(".tab.active:not([aria-label*='tone.md'])").waitFor();
    await window.waitForStatus(new RegExp(`^${tokenizer.count(text).toLocaleString("en-US")} tokens`));
  });

  it("names the item of the clipboard that is no id", async () => {
    const window = await vscode.reuse({ file: "prompts/tone.md" });
    await window.waitForStatus(/\d tokens/);
    await window.page.evaluate(() => navigator.clipboard.writeText("[40, 3021, forty]"));
    await window.command("Promptscope: Decode Token Ids from the Clipboard");
    await window.page.getByText("Item 3 of the clipboard, “forty”, is no token id").first().waitFor();
  });

  it("splits a file by a token budget, with counts that hold", async () => {
    const window = await vscode.reuse({ file: "prompts/word-problems.md" });
    await window.waitForStatus(/\d tokens/);
    await window.command("Promptscope: Split File or Selection by Token Budget");
    const input = window.page.locator(".quick-input-widget:visible input").first();
    await window.page.getByText("Most tokens a chunk may have").waitFor();
    await input.fill("100");
    await window.page.keyboard.press("Enter");
    await window.page.getByText("Tokens repeated from one chunk").waitFor();
    await window.page.keyboard.press("Enter");
    await window.page.locator(".tab.active:not([aria-label*='word-problems.md'])").waitFor();
    await window.page.locator(".view-line", { hasText: "chunk 1 of" }).first().waitFor();
    await window.screenshot("split");
    const head = (await window.page.locator(".view-line", { hasText: "chunk 1 of" }).first().textContent()) ?? "";
    const tokens = Number(/(\d+).tokens/.exec(head)?.[1]);
    expect(tokens).toBeGreaterThan(40);
    expect(tokens).toBeLessThanOrEqual(100);
  });

  it("cuts a selection to a number of tokens in one undoable edit", async () => {
    const window = await vscode.reuse({ file: "prompts/tone.md" });
    const full = await window.waitForStatus(/\d tokens/);
    await window.goTo(1);
    await window.page.keyboard.press("Control+a");
    await window.waitForStatus(/selected/);
    await window.command("Promptscope: Cut Selection to N Tokens");
    const input = window.page.locator(".quick-input-widget:visible input").first();
    await window.page.getByText("How many may stay?").waitFor();
    await input.fill("20");
    await window.page.keyboard.press("Enter");
    await window.page.getByText("Keep the beginning").waitFor();
    await window.page.keyboard.press("Enter");
    await window.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await window.page.keyboard.press("Control+Home");
    const cut = await window.waitForStatus(/^(1\d|20) tokens/);
    expect(cut).not.toBe(full);
    await window.page.keyboard.press("Control+z");
    // Undo brings the selection back, and not at once: a key pressed before it would be lost.
    await window.waitForStatus(/selected/);
    await window.page.keyboard.press("Control+Home");
    await window.waitForStatus(new RegExp(`^${full.split(" ")[0]} tokens`));
  });

  it("counts the selection and offers the number", async () => {
    const window = await vscode.reuse({ file: "prompts/tone.md" });
    const status = await window.waitForStatus(/\d tokens/);
    await window.command("Promptscope: Count Tokens of Selection or File");
    await window.page
      .getByText(`File: ${status.split(" ")[0]} tokens · o200k_base, exact`)
      .first()
      .waitFor();
    // The server's mode for tests keeps messages in their list instead of popping them up.
    await window.command("Notifications: Show Notifications");
    await window.page.getByText("Copy Number").click();
    await expect.poll(() => clipboard(window)).toBe(status.split(" ")[0]?.replaceAll(",", ""));
  });
});
