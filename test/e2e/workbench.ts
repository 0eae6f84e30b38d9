import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { windowAddress } from "../../scripts/workbench/address.mjs";
import { root } from "../../scripts/workbench/install.mjs";
import { sampleFolder } from "../../scripts/workbench/sampleFolder.mjs";
import { applyTheme, awaitTheme, chooseTheme, type themes } from "../../scripts/workbench/themes.mjs";
import { lane, laneNumber } from "./lane";

export interface WindowOptions {
  /** In the sample workspace, or absolute: "prompts/word-problems.md". */
  readonly file?: string;
  /** Settings of the workspace. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: keyof typeof themes;
  readonly width?: number;
  readonly height?: number;
  /** Folder of the extension under development; null when an installed one is tested. */
  readonly extension?: string | null;
  /** Folder to open instead of a fresh copy of the sample workspace. */
  readonly folder?: string;
  /** Another server than the lane's, with its data folder. */
  readonly server?: string;
  readonly dataFolder?: string;
}

/** The windows of a test file. */
interface Windows {
  /** A window that a test opens closes with it, one that a `beforeAll` opens closes with the file. */
  open(options?: WindowOptions): Promise<Workbench>;
  /**
   * The window of an earlier test that asked for the same but for the file, with nothing of that test left in it (see
   * `Workbench.beginAgain`), or a new one: opening one takes ten seconds. After a test that failed it is always a new one.
   */
  reuse(options: WindowOptions): Promise<Workbench>;
}

/** Gives a test file a browser. */
export function useWorkbench(): Windows {
  let browser: Browser | undefined;
  let kept: { readonly window: Workbench; readonly wanted: string } | undefined;
  let opened: Workbench[] = [];
  let shared: Workbench[] = [];
  beforeEach(() => {
    shared = [...shared, ...opened];
    opened = [];
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") {
      for (const window of [...shared, ...opened, ...(kept ? [kept.window] : [])]) await window.keepEvidence(task.name);
      await kept?.window.close();
      kept = undefined;
    }
    // Each window has an extension host and its servers: a dozen of them starve a small machine.
    for (const window of opened) await window.close();
    opened = [];
  });
  beforeAll(async () => {
    browser = await chromium.connect(lane().browser);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    open: async (options = {}) => {
      if (!browser) throw new Error("open a window inside a test or a hook");
      const window = await Workbench.open(browser, options);
      opened.push(window);
      return window;
    },
    reuse: async (options) => {
      if (!browser) throw new Error("ask for a window inside a test or a hook");
      const { file, ...rest } = options;
      const wanted = JSON.stringify(rest);
      if (kept?.wanted === wanted) {
        await kept.window.beginAgain(file, rest.settings);
      } else {
        await kept?.window.close();
        kept = { window: await Workbench.open(browser, options), wanted };
      }
      return kept.window;
    },
  };
}

/** One window of VS Code as a person has it: keys, mouse and what is on the screen. */
export class Workbench {
  private readonly console: string[] = [];

  private constructor(
    readonly page: Page,
    readonly folder: string,
    private readonly address: string,
    private readonly dataFolder: string,
  ) {
    page.on("console", (message) => this.console.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => this.console.push(`page error: ${error.message}`));
  }

  static async open(browser: Browser, options: WindowOptions): Promise<Workbench> {
    const { file, theme = "dark", settings = {}, width = 1400, height = 900 } = options;
    const folder = options.folder ?? (await freshFolder(settings));
    const dataFolder = options.dataFolder ?? lane().dataFolder;
    await chooseTheme(dataFolder, theme);
    const context = await browser.newContext({
      viewport: { width, height },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const address = windowAddress(options.server ?? lane().server, {
      folder,
      file: file === undefined ? undefined : path.resolve(folder, file),
      extension: options.extension === null ? undefined : (options.extension ?? root),
    });
    const workbench = new Workbench(await context.newPage(), folder, address, dataFolder);
    await workbench.reload();
    await awaitTheme(workbench.page, dataFolder, theme);
    if (file !== undefined) await workbench.page.locator(".monaco-editor .view-line").first().waitFor();
    return workbench;
  }

  /** Opens the window anew, as “Developer: Reload Window” does. */
  async reload(): Promise<void> {
    await this.page.goto(this.address);
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /**
   * Closes what is open without saving it, clears messages and clipboard, puts the workspace's settings back, and opens
   * `file` at its beginning. Files that were written stay, and so does what the extension keeps for the window.
   */
  async beginAgain(file?: string, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.command("View: Close All Editors");
    const loss = this.page.locator(".monaco-dialog-box").getByRole("button", { name: "Don't Save" });
    const left = async (): Promise<number> => {
      if (await loss.isVisible()) await loss.click();
      return this.page.locator(".tabs-container .tab").count();
    };
    await expect.poll(left).toBe(0);
    await this.command("Notifications: Clear All Notifications");
    await this.page.evaluate(() => navigator.clipboard.writeText(""));
    await writeFile(path.join(this.folder, ".vscode", "settings.json"), JSON.stringify(settings, null, 2));
    if (file === undefined) return;
    await this.openFile(file);
    await this.page.keyboard.press("Control+Home");
  }

  /** Runs a command from the palette by its title: "Promptscope: Toggle Token Lens". */
  async command(title: string): Promise<void> {
    await this.quickInput("F1", `>${title}`, title.replace(/^Promptscope: /, ""));
    await this.page.keyboard.press("Enter");
  }

  /** Opens a file of the workspace through quick open. */
  async openFile(name: string): Promise<void> {
    await this.quickInput("Control+p", name, path.basename(name));
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.tab.active[aria-label*="${path.basename(name)}"]`).waitFor();
    await this.page.locator(".monaco-editor .view-line").first().waitFor();
  }

  /**
   * Opens the quick input by its key, writes into it, and waits until the chosen row is the one wanted and not that of an
   * earlier list. A quick input that is still on its way out takes the text along: then it is opened again.
   */
  private async quickInput(key: string, text: string, row?: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget:visible input").first();
    const chosen = this.page.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: row ?? "" });
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: 4000 });
        if (row !== undefined) await chosen.first().waitFor({ timeout: 8000 });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  /** Gives a path to the file dialog that is open, which writes its own folder and name in once it has read them. */
  async giveFile(file: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget:visible input").first();
    await expect.poll(() => input.inputValue()).toContain("/");
    const filled = async (): Promise<string> => {
      await input.fill(file);
      await this.page.waitForTimeout(400);
      return input.inputValue();
    };
    await expect.poll(filled, { timeout: 10_000 }).toBe(file);
    await this.page.keyboard.press("Enter");
  }

  /** Changes the theme and waits until it is applied. */
  async useTheme(theme: keyof typeof themes): Promise<void> {
    await applyTheme(this.page, this.dataFolder, theme);
  }

  /** Changes settings of the workspace, as somebody who edits its settings.json does; null removes one. */
  async changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const file = path.join(this.folder, ".vscode", "settings.json");
    const settings = { ...JSON.parse(await readFile(file, "utf8")), ...changes };
    const kept = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
    await writeFile(file, JSON.stringify(kept, null, 2));
  }

  /** The window's active text editor. */
  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor").first();
  }

  /** Puts the cursor at the end of line `line`, column `column` (both from 1) through “Go to Line”. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.quickInput("Control+g", `:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /**
   * The painted decorations behind the text, left to right and top to bottom: what the eye sees as bands. Colours as the
   * browser computes them.
   */
  async paintedBands(): Promise<PaintedBand[]> {
    return this.editor.evaluate((editor) => {
      const bands: PaintedBand[] = [];
      for (const element of editor.querySelectorAll(".view-overlays .cdr, .view-lines span[class*='ced-']")) {
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const background = style.backgroundColor;
        const border = `${style.borderStyle} ${style.borderWidth} ${style.borderColor}`;
        if (!/ced-/.test(element.className)) continue;
        if (background === "rgba(0, 0, 0, 0)" && style.borderStyle === "none") continue;
        bands.push({ left: box.left, top: box.top, width: box.width, background, border });
      }
      return bands.sort((a, b) => a.top - b.top || a.left - b.left);
    });
  }

  /** Text of the status bar's items that name tokens. */
  async statusText(): Promise<string> {
    const item = this.page.locator(".statusbar-item[id^='promptscope.promptscope']").first();
    return ((await item.textContent()) ?? "").replace(/\s+/g, " ").trim();
  }

  /** Waits until the status bar's item matches. */
  async waitForStatus(pattern: RegExp, timeout = 20_000): Promise<string> {
    const end = Date.now() + timeout;
    for (;;) {
      const items = this.page.locator(".statusbar-item[id^='promptscope.promptscope']");
      const text = (await items.count()) > 0 ? await this.statusText() : "";
      if (pattern.test(text)) return text;
      if (Date.now() > end) throw new Error(`the status bar says “${text}”, not ${pattern}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Texts of the CodeLenses on the screen. */
  async codeLenses(): Promise<string[]> {
    return this.editor.locator(".codelens-decoration").allTextContents();
  }

  /** Rests the mouse on the first visible `text` and gives the hover. */
  async hover(text: string): Promise<Locator> {
    const hover = this.page.locator(".monaco-hover:visible").first();
    // A mouse that came while the window was busy is not noticed until it moves again; counts above lines move the text.
    for (let tries = 0; tries < 6 && !(await hover.isVisible()); tries++) {
      const place = await this.placeOf(text);
      await this.page.mouse.move(place.x - 2, place.y);
      await this.page.mouse.move(place.x, place.y);
      await hover.waitFor({ timeout: 4000 }).catch(() => undefined);
    }
    await hover.waitFor({ timeout: 1000 });
    return hover;
  }

  /** Middle of the first visible `text` in the active editor, CSS pixels. */
  async placeOf(text: string): Promise<{ x: number; y: number }> {
    const place = await this.editor.evaluate((editor, wanted) => {
      for (const line of editor.querySelectorAll(".view-line")) {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const nodes: { node: Node; start: number }[] = [];
        let all = "";
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          nodes.push({ node, start: all.length });
          all += (node.textContent ?? "").replaceAll("\u00a0", " ");
        }
        const at = all.indexOf(wanted);
        if (at < 0) continue;
        const middle = at + Math.floor(wanted.length / 2);
        const found = nodes.findLast(({ start }) => start <= middle);
        if (!found) continue;
        const range = document.createRange();
        range.setStart(found.node, middle - found.start);
        range.setEnd(found.node, middle - found.start + 1);
        const box = range.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
      return undefined;
    }, text);
    if (!place) throw new Error(`“${text}” is not on the screen`);
    return place;
  }

  /** The page inside the visible webview panel. */
  webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
  }

  /** Rows of a side-bar tree, as a screen reader reads them. */
  async treeRows(title: string): Promise<string[]> {
    return this.page
      .locator(`.pane:has(.pane-header[aria-label^="${title}"]) .monaco-list-row`)
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  /** A picture in test-output/, by name. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: await outputFile("screenshots", `${name}.png`) });
  }

  /** Keeps picture, console and logs of a test that failed. */
  async keepEvidence(test: string): Promise<void> {
    if (this.page.isClosed()) return;
    const name = test.replace(/[^a-z0-9]+/gi, "-");
    await this.page.screenshot({ path: await outputFile("failures", `${name}.png`) });
    await writeFile(await outputFile("failures", `${name}.console.txt`), this.console.join("\n"));
    await writeFile(await outputFile("failures", `${name}.log.txt`), await extensionLogs(this.dataFolder));
  }
}

export interface PaintedBand {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly background: string;
  readonly border: string;
}

let folders = 0;

async function freshFolder(settings: Readonly<Record<string, unknown>>): Promise<string> {
  return sampleFolder(`e2e-${process.pid}-${laneNumber()}-${++folders}`, settings);
}

async function outputFile(folder: string, name: string): Promise<string> {
  const file = path.join(root, "test-output", folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  return file;
}

/** What the extension wrote to its log channel, in all windows of the server. */
async function extensionLogs(dataFolder: string): Promise<string> {
  const logs = path.join(dataFolder, "data", "logs");
  if (!existsSync(logs)) return `no logs in ${logs}`;
  const files = (await readdir(logs, { recursive: true })).filter((file) => /promptscope.*\.log$/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(path.join(logs, file), "utf8")));
  return files.map((file, i) => `== ${file}\n${texts[i]}`).join("\n");
}
