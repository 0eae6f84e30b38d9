import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadTokenizer, type Tokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();
const settings = { "promptscope.files.maxSizeMB": 1 };
const grouped = (count: number): string => count.toLocaleString("en-US");
let tokenizer: Tokenizer;

beforeAll(async () => {
  tokenizer = await loadTokenizer("o200k_base", directorySource("dist"));
});

describe("the status bar", () => {
  it("counts the file, the selection, and what is typed, exactly", async () => {
    const window = await vscode.reuse({ file: "prompts/word-problems.md", settings });
    const text = await readFile(path.join(window.folder, "prompts/word-problems.md"), "utf8");
    const file = tokenizer.count(text);
    await window.waitForStatus(new RegExp(`^${grouped(file)} tokens · o200k_base · [\\d.]+ % of 128k$`));

    await window.goTo(1);
    await window.page.keyboard.press("Shift+ArrowDown");
    await window.page.keyboard.press("Shift+ArrowDown");
    const selected = tokenizer.count(`${text.split("\n").slice(0, 2).join("\n")}\n`);
    await window.waitForStatus(new RegExp(`^${selected} of ${grouped(file)} tokens selected`));

    await window.page.keyboard.press("Control+Home");
    await window.page.keyboard.type("Unbelievable! ");
    await window.waitForStatus(new RegExp(`^${grouped(tokenizer.count(`Unbelievable! ${text}`))} tokens`));
    // Typing is undone word by word.
    for (let times = 0; times < 4; times++) await window.page.keyboard.press("Control+z");
    await window.waitForStatus(new RegExp(`^${grouped(file)} tokens`));
  });

  it("warns in amber from 75 % and in red from 90 % of the context window", async () => {
    const window = await vscode.reuse({ file: "prompts/tone.md", settings });
    await window.changeSettings({ "promptscope.contextWindow": 10_000 });
    await window.waitForStatus(/of 10k$/);
    const plain = await window.waitForStatus(/tokens/);
    const tokens = Number(/^([\d,]+) tokens/.exec(plain)?.[1]?.replaceAll(",", ""));
    const background = (): Promise<string> =>
      window.page
        .locator(".statusbar-item[id^='promptscope.promptscope']")
        .first()
        .evaluate((item) => getComputedStyle(item).backgroundColor);
    const none = await background();
    const setWindow = (size: number): Promise<void> =>
      writeFile(
        path.join(window.folder, ".vscode/settings.json"),
        JSON.stringify({ "promptscope.contextWindow": size }),
      );
    await setWindow(Math.floor(tokens / 0.8));
    await expect.poll(background, { timeout: 15_000 }).not.toBe(none);
    const amber = await background();
    await window.screenshot("status-amber");
    await setWindow(Math.floor(tokens / 0.95));
    await expect.poll(background, { timeout: 15_000 }).not.toBe(amber);
    await window.screenshot("status-red");
  });

  it("marks estimates and opens the picker, which changes the tokenizer", async () => {
    const window = await vscode.open({
      file: "prompts/tone.md",
      settings: { "promptscope.tokenizer": "claude-sonnet-4" },
    });
    await window.waitForStatus(/^≈ [\d,]+ tokens/);
    const item = window.page.locator(".statusbar-item[id^='promptscope.promptscope'] a").first();
    await item.click();
    const input = window.page.locator(".quick-input-widget:visible input").first();
    await input.waitFor();
    await window.screenshot("picker");
    await input.fill("cl100k_base");
    await window.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await window.page.keyboard.press("Enter");
    // The workspace has a tokenizer of its own: the extension says so and offers to change it there.
    // (The server's mode for tests keeps messages in their list instead of popping them up.)
    await window.command("Notifications: Show Notifications");
    await window.page.getByText("Use cl100k_base Here Too").click();
    await window.waitForStatus(/^[\d,]+ tokens · cl100k_base/);
    // The choice for all files is the other windows' as well: back to what it was.
    await item.click();
    await input.fill("o200k_base");
    await window.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await window.page.keyboard.press("Enter");
    await window.command("Notifications: Show Notifications");
    await window.page.getByText("Use o200k_base Here Too").waitFor();
  });

  it("says what is too large for exact counting, with an estimate", async () => {
    // Quick open of a window that was used before does not find the file that is written now.
    const window = await vscode.open({ settings });
    await writeFile(
      path.join(window.folder, "large.txt"),
      "The quick brown fox jumps over the lazy dog.\n".repeat(30_000),
    );
    await window.openFile("large.txt");
    const status = await window.waitForStatus(/^≈ [\d,]+ tokens/, 30_000);
    const tokens = Number(/≈ ([\d,]+)/.exec(status)?.[1]?.replaceAll(",", ""));
    expect(tokens / 300_000).toBeGreaterThan(0.97);
    expect(tokens / 300_000).toBeLessThan(1.03);
  });
});
