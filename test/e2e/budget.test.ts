import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, it, vi } from "vitest";
import { themes } from "../../scripts/workbench/themes.mjs";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
const pane = `.pane:has(.pane-header[aria-label^="Token budget" i])`;

let window: Workbench;
/** "24 files": all but scratch/notes.md, which .gitignore names. */
let filesCounted: string;
let foldersOnDisk: string[];

beforeAll(async () => {
  // Tall: a row that has no place in its view is not on the page, and the models have a view beside it.
  window = await vscode.open({ file: "prompts/tone.md", height: 1600 });
  const entries = await readdir(window.folder, { recursive: true, withFileTypes: true });
  filesCounted = `${entries.filter((entry) => entry.isFile()).length - 1} files`;
  foldersOnDisk = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  await window.page.locator('.activitybar [aria-label^="Promptscope"]').first().click();
  await vi.waitFor(async () => expect(await header()).toMatch(/exact/), { timeout: 30_000 });
});

/** The text above the tree. */
async function header(): Promise<string> {
  return ((await window.page.locator(`${pane} .message`).textContent()) ?? "").replaceAll("\u00a0", " ");
}

/** Tokens of the row that begins with `name`, as a screen reader hears it. */
async function tokensOf(name: string): Promise<number> {
  const row = (await window.treeRows("Token budget")).find((label) => label.startsWith(`${name}, `)) ?? "";
  return Number(/([\d,]+) tokens/.exec(row)?.[1]?.replaceAll(",", ""));
}

async function notifications(): Promise<string> {
  await window.command("Notifications: Show Notifications");
  const list = window.page.locator(".notifications-center.visible .notification-list-item-message");
  await list.first().waitFor();
  return (await list.allTextContents()).join("\n");
}

it("lists folders and files, the largest first, with what they fill of the window", async () => {
  expect(await header()).toMatch(/^[\d,]+ of 128,000 · \d+\.\d % ━+─+ \d+ files, o200k_base, exact$/);
  expect(await header()).toContain(` ${filesCounted},`);
  const folderRows = async (): Promise<string[]> =>
    (await window.treeRows("Token budget")).filter((row) => row.includes(", folder, "));
  // The tree is drawn a moment after its header. Which folder is the largest changes with the sample files.
  await expect
    .poll(async () => (await folderRows()).map((row) => row.split(",")[0]).sort())
    .toEqual(foldersOnDisk.sort());
  const rows = await window.treeRows("Token budget");
  const folders = await folderRows();
  const counts = folders.map((row) => Number(/([\d,]+) tokens/.exec(row)?.[1]?.replaceAll(",", "")));
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(rows.some((row) => row.startsWith("notes.md"))).toBe(false);
  const languages = await window.treeRows("By language");
  expect(languages[0]).toMatch(/^JSON Lines, [\d,]+ tokens in 2 files, \d+\.\d % of all files shown$/);
});

it("opens a file, and its count is the status bar's", async () => {
  await window.page.locator(`${pane} .monaco-list-row[aria-label^="triage.md"]`).click();
  const tokens = await tokensOf("triage.md");
  await window.waitForStatus(new RegExp(`${tokens.toLocaleString("en-US")} tokens`));
});

it("follows a save", async () => {
  await window.page.locator(`${pane} .monaco-list-row[aria-label^="tone.md"]`).click();
  await window.page.locator('.tab.active[aria-label*="tone.md"]').waitFor();
  const before = await tokensOf("tone.md");
  await window.editor.click();
  await window.page.keyboard.press("Control+End");
  await window.page.keyboard.type("one more line of words");
  await window.page.keyboard.press("Control+s");
  await expect.poll(() => tokensOf("tone.md"), { timeout: 15_000 }).toBeGreaterThan(before);
});

it("filters by a glob and says so", async () => {
  await window.command("Promptscope: Filter Token Budget");
  await window.page.locator(".quick-input-widget:visible input").first().fill("*.jsonl");
  await window.page.keyboard.press("Enter");
  await expect.poll(() => header()).toContain("only files that fit “*.jsonl”");
  expect((await window.treeRows("Token budget")).map((row) => row.split(",")[0])).toEqual([
    "data",
    "fruit-6-steps.jsonl",
    "people.jsonl",
  ]);
  await window.command("Promptscope: Clear Token Budget Filter");
  await expect.poll(() => header()).toContain(` ${filesCounted},`);
});

it("copies the selected files as one prompt, whose count is exact", async () => {
  const row = (name: string) => window.page.locator(`${pane} .monaco-list-row[aria-label^="${name}"] .label-name`);
  await row("triage.md").click();
  await row("chats").click({ modifiers: ["Control"] });
  await window.command("Promptscope: Copy as One Prompt");
  // Files are read and counted in slices: the message may come later than the command's return.
  const told = /Copied 3 files as one prompt: ([\d,]+) tokens \(o200k_base\)/;
  await expect.poll(notifications, { timeout: 15_000 }).toMatch(told);
  const count = told.exec(await notifications())?.[1];
  const prompt = await window.page.evaluate(() => navigator.clipboard.readText());
  expect(prompt).toMatch(/^chats\/kovacs\.json\n```json\n\[/);
  expect(prompt).toContain("\nprompts/triage.md\n````md\n---\n");

  await window.command("Notifications: Hide Notifications");
  await writeFile(path.join(window.folder, "pasted.txt"), prompt);
  const pasted = window.page.locator(`${pane} .monaco-list-row[aria-label^="pasted.txt"]`);
  await pasted.click({ timeout: 15_000 });
  expect(await tokensOf("pasted.txt")).toBe(Number(count?.replaceAll(",", "")));
  await window.waitForStatus(new RegExp(`(^|\\D)${count} tokens`));
});

it("exports a table that can be read again", async () => {
  await window.command("Promptscope: Export Token Budget as CSV");
  const dialog = window.page.locator(".quick-input-widget:visible input").first();
  await expect.poll(() => dialog.inputValue()).toContain("token-budget.csv");
  await window.page.keyboard.press("Enter");
  await window.page.locator('.tab.active[aria-label*="token-budget.csv"]').waitFor();
  const csv = await readFile(path.join(window.folder, "token-budget.csv"), "utf8");
  const lines = csv.trimEnd().split("\r\n");
  expect(lines[0]).toBe("workspaceFolder,path,language,tokens,bytes,shareOfWindow,note");
  expect(lines.length).toBeGreaterThan(20);
  expect(lines[1]).toMatch(/,data\/fruit-6-steps\.jsonl,JSON Lines,\d+,\d+,0\.\d+,$/);
});

it.each(Object.keys(themes) as (keyof typeof themes)[])("draws its bars in %s", async (theme) => {
  await window.useTheme(theme);
  const bars = () =>
    window.page
      .locator(`${pane} .monaco-list-row .custom-view-tree-node-item-icon`)
      .evaluateAll((icons) => icons.map((icon) => getComputedStyle(icon).backgroundImage).join("\n"));
  const colour = theme === "light" || theme === "highContrastLight" ? "#1A6FD0" : "#59A4F9";
  const drawn = async (): Promise<string> =>
    [...(await bars()).matchAll(/base64,([A-Za-z0-9+/=]+)/g)].map(([, svg = ""]) => atob(svg)).join("\n");
  await expect.poll(drawn, { timeout: 15_000 }).toContain(colour);
  await window.page.waitForTimeout(500);
  await window.screenshot(`budget-${theme}`);
});

it("follows a deletion", async () => {
  const files = async (): Promise<number> => Number(/(\d+) files/.exec(await header())?.[1]);
  const before = await files();
  await rm(path.join(window.folder, "data"), { recursive: true });
  await expect.poll(files, { timeout: 15_000 }).toBe(before - 2);
  expect(await tokensOf("people.jsonl")).toBeNaN();
});
