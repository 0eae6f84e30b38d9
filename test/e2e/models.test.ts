import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/workbench/install.mjs";
import { startServer } from "../../scripts/workbench/server.mjs";
import { themes } from "../../scripts/workbench/themes.mjs";
import { inTheme, violations } from "./accessibility";
import { modelProcesses } from "./modelProcesses";
import { useWorkbench, type WindowOptions, type Workbench } from "./workbench";

const vscode = useWorkbench();
const pane = `.pane:has(.pane-header[aria-label^="Models"])`;

async function openModels(options: WindowOptions = {}): Promise<Workbench> {
  return showModels(await vscode.open({ file: "prompts/tone.md", ...options }));
}

/** For tests that leave every model as it was. */
async function reuseModels(): Promise<Workbench> {
  return showModels(await vscode.reuse({ file: "prompts/tone.md" }));
}

async function showModels(window: Workbench): Promise<Workbench> {
  await window.command("Promptscope: Focus on Models View");
  await row(window, "Specimen, chat").waitFor({ timeout: 30_000 });
  return window;
}

function row(window: Workbench, name: string): Locator {
  return window.page.locator(`${pane} .monaco-list-row[aria-label^="${name}"]`).first();
}

async function label(window: Workbench, name: string): Promise<string> {
  return (await row(window, name).getAttribute("aria-label")) ?? "";
}

/** A button in the row, which shows while the mouse is there. */
async function act(window: Workbench, name: string, action: string): Promise<void> {
  await row(window, name).hover();
  await row(window, name).locator(`.action-label[aria-label^="${action}"]`).click();
}

async function openDetails(window: Workbench, name = "Specimen, chat"): Promise<FrameLocator> {
  await row(window, name).click();
  const panel = window.webview();
  await panel.locator(".find b").filter({ hasText: "parameters" }).waitFor({ timeout: 20_000 });
  return panel;
}

/** A message in the centre: they pop up by themselves only where the window has the focus. */
async function notification(window: Workbench, text: RegExp): Promise<Locator> {
  const bell = window.page.locator(".statusbar-item").filter({ has: window.page.locator(".codicon-bell-dot") });
  await bell.waitFor({ timeout: 20_000 });
  await window.command("Notifications: Show Notifications");
  const message = window.page
    .locator(".notifications-center.visible .notification-list-item")
    .filter({ hasText: text });
  await message.first().waitFor();
  return message.first();
}

describe("models", () => {
  it("lists the specimen, loads it from its row, shows state and measured speed, unloads it", async () => {
    const window = await openModels({ file: "texts/loaded-coin.md" });
    expect(await label(window, "Specimen, base")).toMatch(/^Specimen, base, not loaded, [\d.]+ MB, default: text$/);
    await act(window, "Specimen, base", "Load Model");
    await expect
      .poll(() => label(window, "Specimen, base"), { timeout: 30_000 })
      .toMatch(/running, [\d.]+ MB, [\d,]+ tokens/);
    await expect
      .poll(() => window.page.locator(`${pane} .description`).first().textContent())
      .toMatch(/1 running · [\d.]+ MB/);
    // A speed is measured over some tokens: from here on the model goes on for long.
    await window.goTo(3, 78);
    await window.command("Promptscope: Continue Here");
    await expect
      .poll(() => label(window, "Specimen, base"), { timeout: 30_000 })
      .toMatch(/running, [\d.,]+ tokens\/s, /);
    await window.screenshot("models-running");
    await act(window, "Specimen, base", "Unload Model");
    await expect.poll(() => label(window, "Specimen, base")).toMatch(/not loaded/);
    await expect.poll(() => modelProcesses().length, { timeout: 10_000 }).toBe(0);
  });

  it("shows what is in the file: parts that add up, tensors, template, metadata, memory", async () => {
    const window = await reuseModels();
    const panel = await openDetails(window);
    const numbers = await panel.locator('section[aria-labelledby="parts"] tbody tr td:nth-child(2)').allTextContents();
    const sum = numbers.reduce((total, text) => total + Number(text.replaceAll(",", "")), 0);
    const finding = (await panel.locator(".find").textContent()) ?? "";
    const millions = Number(/([\d.]+) million parameters/.exec(finding)?.[1]);
    expect(Math.abs(sum / 1e6 - millions)).toBeLessThan(0.006);
    await panel.locator("ps-plot svg[role=img][aria-label^='Memory by context length']").waitFor();
    expect(await panel.locator("table.memory tbody tr").count()).toBeGreaterThan(1);
    await panel.getByText("Load it to see").waitFor();
    await panel.getByRole("tab", { name: "Tensors" }).click();
    await panel.locator("vscode-text-field").click();
    await window.page.keyboard.type("attn_q");
    await expect.poll(() => panel.locator("table.tensors tbody th").allTextContents()).toEqual(["blk.*.attn_q.weight"]);
    await panel.getByRole("tab", { name: "Tokenizer" }).click();
    expect(await panel.locator("pre.template").textContent()).toContain("{%");
    await panel.getByRole("tab", { name: "Metadata" }).click();
    await panel.locator("table.metadata").getByText("general.architecture").waitFor();
  });

  it("loads and sets defaults on the page, and the view and the settings follow", async () => {
    const window = await openModels();
    const panel = await openDetails(window, "Specimen, “I don’t know”");
    await panel.locator("vscode-button").filter({ hasText: "Load" }).click();
    await panel.locator(".state").filter({ hasText: "Running on CPU" }).waitFor({ timeout: 30_000 });
    await panel
      .locator(".capabilities tr")
      .filter({ hasText: "Surprisal of a text" })
      .filter({ hasText: "yes" })
      .waitFor();
    await panel.getByRole("button", { name: "Use for chats" }).click();
    await panel.getByText("Default for chats").waitFor();
    await expect.poll(() => label(window, "Specimen, “I don’t know”")).toContain("default: chat");
    expect(await label(window, "Specimen, chat")).toContain("default: judging");
    await window.command("Promptscope: Set Default Models…");
    await window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Chats" }).first().click();
    const picked = window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Specimen, chat" });
    await picked.first().waitFor();
    const base = window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Specimen, base" });
    await window.screenshot("models-picker");
    expect(await base.first().textContent()).toContain("no chat template");
    await picked.first().click();
    await expect.poll(() => label(window, "Specimen, chat")).toContain("default: chat, judging");
  });

  it("says when the process was killed, restarts it when asked, and it works again", async () => {
    const window = await openModels();
    await act(window, "Specimen, chat", "Load Model");
    await expect.poll(() => label(window, "Specimen, chat"), { timeout: 30_000 }).toContain("running");
    // Those of a window closed before end a little after it.
    await expect.poll(() => modelProcesses().length, { timeout: 30_000 }).toBe(1);
    const [pid] = modelProcesses();
    process.kill(pid ?? 0, "SIGKILL");
    await expect.poll(() => label(window, "Specimen, chat")).toContain("failed");
    const message = await notification(window, /Specimen, chat/);
    await window.screenshot("models-crashed");
    await message.getByRole("button", { name: "Restart" }).click();
    await expect.poll(() => label(window, "Specimen, chat"), { timeout: 30_000 }).toContain("running");
    const [again] = modelProcesses();
    expect(again).not.toBe(pid);
  });

  it("adds a file that is a model, refuses one that is not, and removes it from the list again", async () => {
    const window = await reuseModels();
    const source = path.join(import.meta.dirname, "..", "..", "media", "models", "specimen-chat.gguf");
    const add = async (file: string): Promise<void> => {
      await window.command("Promptscope: Add Model from a File…");
      await window.giveFile(file);
    };
    await add(path.join(window.folder, "prompts", "tone.md"));
    await notification(window, /GGUF/);
    await window.command("Notifications: Clear All Notifications");
    await add(source);
    await row(window, "Promptscope specimen chat").waitFor({ timeout: 20_000 });
    await row(window, "Promptscope specimen chat").click({ button: "right" });
    const remove = window.page.locator(".context-view .action-label").filter({ hasText: "Remove Model from the List" });
    await remove.waitFor();
    await window.page.waitForTimeout(500); // a menu that has just opened takes no click
    await remove.click();
    await expect.poll(() => row(window, "Promptscope specimen chat").count()).toBe(0);
    expect((await readFile(source)).length).toBeGreaterThan(1e6);
  });

  it("names host, size and licence before a download, and fetches nothing without a yes", async () => {
    const window = await reuseModels();
    await window.command("Promptscope: Download a Recommended Model…");
    const rows = window.page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "≈" }).first().waitFor();
    await window.screenshot("models-recommended");
    await window.page.keyboard.press("Enter");
    const dialog = window.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    const text = (await dialog.textContent()) ?? "";
    expect(text).toMatch(/Download .+\?/);
    expect(text).toMatch(/≈ [\d.]+ [MG]B from huggingface\.co/);
    expect(text).toMatch(/licence: \S+/);
    await window.screenshot("models-consent");
    await window.page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    expect((await window.treeRows("Models")).some((name) => name.startsWith("Downloads"))).toBe(false);
  });

  it("comes back after a window reload with the section it showed", async () => {
    const window = await openModels({ settings: { "window.restoreWindows": "preserve" } });
    const panel = await openDetails(window);
    await panel.getByRole("tab", { name: "Metadata" }).click();
    await panel.locator("table.metadata").waitFor();
    await window.command("Developer: Reload Window");
    await window.page.waitForEvent("load");
    // The file that the window's address names is opened before it.
    await window.page.locator(".tab").filter({ hasText: "Specimen, chat" }).click({ timeout: 40_000 });
    await window.webview().locator("table.metadata").waitFor({ timeout: 40_000 });
  });

  it("has no accessibility violations in any theme", async () => {
    const window = await openModels();
    const panel = await openDetails(window);
    await panel.locator("vscode-button").filter({ hasText: "Load" }).click();
    await panel.locator(".state").filter({ hasText: "Running on" }).waitFor({ timeout: 30_000 });
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await window.useTheme(theme);
      await inTheme(panel, theme);
      for (const name of ["Overview", "Tensors", "Tokenizer and template", "Metadata"]) {
        await panel.getByRole("tab", { name }).click();
        await window.page.waitForTimeout(300);
        expect(await violations(panel), `${name} in ${theme}`).toEqual([]);
        await window.screenshot(`model-details-${name.split(" ")[0]?.toLowerCase()}-${theme}`);
      }
    }
  });

  it("is off in a workspace that is not trusted, and says why", async () => {
    const dataFolder = path.join(root, ".cache", `e2e-untrusted-${process.pid}`);
    const settings = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };
    const server = await startServer({ dataFolder, say: () => undefined, settings });
    try {
      const window = await vscode.open({ server: server.address, dataFolder, file: "prompts/tone.md" });
      await window.command("Promptscope: Focus on Models View");
      await window.page.locator(pane).getByText("this workspace is not trusted").waitFor({ timeout: 30_000 });
      expect(await window.treeRows("Models")).toEqual([]);
      await window.waitForStatus(/106 tokens/);
      await window.screenshot("models-untrusted");
      await window.close();
    } finally {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    }
  });

  it("works at 420 pixels", async () => {
    const window = await openModels({ width: 650 });
    const panel = await openDetails(window);
    await expect.poll(() => panel.locator("body").evaluate((body) => body.clientWidth)).toBeLessThan(480);
    for (const name of ["Overview", "Tensors", "Tokenizer and template", "Metadata"]) {
      await panel.getByRole("tab", { name }).click();
      await window.page.waitForTimeout(200);
      await window.screenshot(`model-details-narrow-${name.split(" ")[0]?.toLowerCase()}`);
      const [wide, own] = await panel.locator("html").evaluate((page) => [page.scrollWidth, page.clientWidth]);
      expect(wide, name).toBe(own);
    }
  });
});
