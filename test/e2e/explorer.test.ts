import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import Papa from "papaparse";
import type { FrameLocator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { inTheme, violations } from "./accessibility";
import { modelProcesses } from "./modelProcesses";
import { useWorkbench, type WindowOptions, type Workbench } from "./workbench";

const vscode = useWorkbench();

interface Explorer {
  readonly window: Workbench;
  readonly panel: FrameLocator;
}

/** A prompt of the file: the text up to the cursor. */
const place = { file: "texts/strawberry.md", line: 1, column: 14 };

async function openExplorer(options: Partial<WindowOptions> = {}): Promise<Explorer> {
  const window = await vscode.reuse({ file: place.file, ...options });
  await window.goTo(place.line, place.column);
  await window.command("Promptscope: Open Next-Token Explorer");
  const panel = window.webview();
  await answered(panel);
  return { window, panel };
}

/** The model has said what comes next: rows are there, and nothing is being asked. */
async function answered(panel: FrameLocator): Promise<void> {
  await panel.locator(".dist-row[id]").first().waitFor({ timeout: 40_000 });
  await expect.poll(() => panel.locator("#cancel").count(), { timeout: 20_000 }).toBe(0);
}

async function wide(window: Workbench): Promise<void> {
  const sideBar = window.page.locator(".part.sidebar");
  if (await sideBar.isVisible()) await window.command("View: Close Primary Side Bar");
  const table = window.webview().locator(".dist.wide");
  for (let attempt = 1; ; attempt++) {
    await window.command("View: Toggle Maximize Editor Group");
    try {
      await table.waitFor({ timeout: 8000 });
      return;
    } catch (error) {
      // Now and then the workbench is still busy with the side bar and does not hear of it.
      if (attempt === 3) throw error;
    }
  }
}

const finding = (panel: FrameLocator) => panel.locator("main > .find");
const rows = (panel: FrameLocator) => panel.locator(".dist-row[id]");
const cells = (panel: FrameLocator, column: string) =>
  panel.locator(`.dist-row[id] .cell-${column} + .cell-value`).allTextContents();
const promptTokens = (panel: FrameLocator) => panel.locator(".prompt .tk:not(.grown)").allTextContents();
const grownTokens = (panel: FrameLocator) => panel.locator(".prompt .tk.grown").allTextContents();

/** Counts, in the page, how often the extension sent what the model expects next. */
async function countOutlooks(panel: FrameLocator): Promise<() => Promise<number>> {
  const body = panel.locator("body");
  await body.evaluate(() => {
    const counter = window as unknown as { outlooks: number };
    counter.outlooks = 0;
    window.addEventListener("message", ({ data }) => {
      if (data?.m === "update" && data.a?.[0]?.outlook) counter.outlooks++;
    });
  });
  return () => body.evaluate(() => (window as unknown as { outlooks: number }).outlooks);
}

describe("next-token explorer", () => {
  it("shows what comes after the text up to the cursor, with the built-in model and no set-up", async () => {
    const { window, panel } = await openExplorer();
    expect(await finding(panel).textContent()).toMatch(/“.+” comes next with [\d.<> ]+ %: [\d.]+ bits of entropy/);
    const text = (await readFile(path.join(window.folder, place.file), "utf8")).split("\n");
    const before = [...text.slice(0, place.line - 1), text[place.line - 1]!.slice(0, place.column - 1)].join("\n");
    const shown = (await promptTokens(panel)).slice(1).join("").replaceAll("·", " ").replaceAll("⏎", "\n");
    expect(shown).toBe(before);
    expect(await panel.locator(".prompt .tok-special").first().textContent()).toBe("<|endoftext|>");
    expect(await panel.locator(".prompt .eb-fill").count()).toBeGreaterThan(3);
    await expect.poll(() => panel.locator("#all-tokens").textContent()).toContain("2,048");
    const raw = (await cells(panel, "raw")).map(Number);
    expect(raw.length).toBe(10);
    expect(raw).toEqual(raw.toSorted((a, b) => b - a));
    await window.screenshot("explorer-beside");

    // From region to region with F6, which VS Code would take for itself.
    await panel.locator("#model").focus();
    const region = () =>
      panel
        .locator("body")
        .evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("aria-label"));
    await window.page.keyboard.press("F6");
    await expect.poll(region).toBe("Prompt");
    await window.page.keyboard.press("F6");
    await expect.poll(region).toMatch(/^Tokens that could come next/);
    await window.page.keyboard.press("Shift+F6");
    await expect.poll(region).toBe("Prompt");
  });

  it("sweeps the temperature without asking the model", async () => {
    const { window, panel } = await openExplorer();
    await wide(window);
    const outlooks = await countOutlooks(panel);
    const before = (await cells(panel, "temperature")).map(Number);
    expect(before).toEqual((await cells(panel, "raw")).map(Number));
    await panel.locator("#slider-temperature").focus();
    for (let press = 0; press < 40; press++) await window.page.keyboard.press("ArrowLeft");
    await expect.poll(() => panel.locator("#number-temperature").inputValue()).toBe("0.60");
    const colder = (await cells(panel, "temperature")).map(Number);
    expect(colder[0]).toBeGreaterThan(before[0]!);
    expect((await cells(panel, "raw")).map(Number)).toEqual(before);
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("]");
    await expect.poll(() => panel.locator("#number-temperature").inputValue()).toBe("0.65");
    await panel.locator("#number-topP").fill("0.5");
    await window.page.keyboard.press("Tab");
    await expect.poll(() => panel.locator(".hatched").count()).toBeGreaterThan(0);
    expect(await finding(panel).textContent()).toMatch(
      /With temperature 0\.65 and top-p 0\.50 .* of the mass is removed/,
    );
    expect(await outlooks()).toBe(0);
    expect(await panel.locator(".plots h2").textContent()).toContain("no new model call");
  });

  it("tosses the coin, the same for the same seed, and tests it against the probabilities", async () => {
    const { window, panel } = await openExplorer();
    await wide(window);
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("t");
    await panel.getByText(/draw 0\.\d{4} →/).waitFor();
    await window.page.keyboard.press("Shift+T");
    const seen = () => panel.locator(".dist-row .cell-seen").allTextContents();
    await expect.poll(async () => (await seen()).at(-1)).toBe("1,001");
    const counts = (await seen()).slice(0, -1).map((text) => Number(text.replace(",", "")));
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(1001);
    await panel.getByText(/χ² = [\d.]+, \d+ df, p/).waitFor();
    await panel.getByRole("button", { name: "Reset" }).click();
    await expect.poll(async () => (await seen()).at(-1)).toBe("");
    await panel.locator("#toss-1").click();
    await panel.locator("#toss-1000").click();
    await expect.poll(async () => (await seen()).at(-1)).toBe("1,001");
    expect((await seen()).slice(0, -1).map((text) => Number(text.replace(",", "")))).toEqual(counts);
    await panel.getByRole("radio", { name: "Tosses" }).click();
    const plot = panel.locator(".plots svg[role=img]");
    expect(await plot.getAttribute("aria-label")).toMatch(/after 1,001 .*95 % interval/);
    await panel.getByText("Numbers", { exact: true }).click();
    expect(await panel.locator(".plots tbody tr").count()).toBe(5);
    await window.screenshot("explorer-tosses");
  });

  it("takes, branches, goes back, writes by hand, prunes", async () => {
    const { window, panel } = await openExplorer();
    await wide(window);
    const names = () => rows(panel).locator(".name").allTextContents();
    const first = (await names())[0]!;
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("Enter");
    await expect.poll(() => grownTokens(panel)).toEqual([first]);
    await answered(panel);
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("ArrowDown");
    await window.page.keyboard.press("ArrowDown");
    const third = (await names())[2]!;
    await window.page.keyboard.press("b");
    const nodes = panel.locator(".tree [data-node]");
    await expect.poll(() => nodes.count()).toBe(2);
    expect(await nodes.nth(1).getAttribute("aria-label")).toContain(third);
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("Backspace");
    await expect.poll(() => grownTokens(panel)).toEqual([]);
    // None of the nodes is in hand, and Tab gets to them all the same.
    await expect.poll(() => panel.locator(".tree [tabindex='0']").count()).toBe(1);
    await panel.locator("#write-token").click();
    await panel.locator("#written").click();
    await window.page.keyboard.type(" <b>x");
    await window.page.keyboard.press("Enter");
    await expect.poll(async () => (await grownTokens(panel)).join("")).toBe("·<b>x");
    expect(await panel.locator(".prompt b").count()).toBe(0);
    await panel.getByText(/2 paths tried/).waitFor();
    await nodes.first().focus();
    await window.page.keyboard.press("Delete");
    await panel.getByText(/1 pruned/).waitFor();
    await panel.locator("#undo").click();
    await expect.poll(() => panel.getByText(/1 pruned/).count()).toBe(0);
    await window.screenshot("explorer-branches");
  });

  it("keeps a prompt that is being written while the cursor moves and the panel is hidden", async () => {
    const { window, panel } = await openExplorer();
    const before = await promptTokens(panel);
    await panel.locator("#edit-prompt").click();
    const field = panel.getByRole("textbox", { name: "Prompt", exact: true });
    await field.fill("Once upon a time");
    await window.page.locator(".editor-instance .monaco-editor .view-lines").first().click();
    await window.page.keyboard.press("Control+End");
    await expect.poll(() => promptTokens(panel)).not.toEqual(before);
    expect(await field.inputValue()).toBe("Once upon a time");
    await window.page.keyboard.press("Control+2");
    await window.command("Preferences: Open Settings (UI)");
    await field.waitFor({ state: "hidden" });
    await window.page.getByRole("tab", { name: /^Next-token explorer/ }).click();
    await expect.poll(() => field.inputValue(), { timeout: 20_000 }).toBe("Once upon a time");
  });

  it("continues by drawing and by beam search, and lists the best paths", async () => {
    const { window, panel } = await openExplorer();
    await wide(window);
    await panel.locator("#growth-how").click();
    await panel.locator("#growth-how vscode-option").filter({ hasText: "Beam" }).click();
    await panel.locator("#growth-count").fill("4");
    await panel.locator("#growth-tokens").fill("5");
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("Control+Enter");
    await panel.getByText(/[3-9] paths tried|4 paths tried/).waitFor({ timeout: 30_000 });
    await panel.getByRole("radio", { name: "Best paths" }).click();
    const sums = (await panel.locator(".best tbody td:nth-child(4)").allTextContents()).map((text) =>
      Number(text.replace("−", "-")),
    );
    expect(sums.length).toBeGreaterThanOrEqual(3);
    expect(sums).toEqual(sums.toSorted((a, b) => b - a));
    await window.screenshot("explorer-beam");
  });

  it("compares two temperatures, and the same text as raw document and as chat", async () => {
    const { window, panel } = await openExplorer();
    await wide(window);
    const compare = async (option: string) => {
      await panel.locator("#compare-with").click();
      await panel.locator("#compare-with vscode-option").filter({ hasText: option }).click();
    };
    await compare("Another temperature");
    await panel.locator(".compare .movers").waitFor();
    const shannon = async () => Number.parseFloat((await panel.locator(".figures dd").first().textContent()) ?? "");
    const before = await shannon();
    expect(before).toBeGreaterThan(0);
    await panel.locator("#rival-slider").focus();
    for (let press = 0; press < 30; press++) await window.page.keyboard.press("ArrowLeft");
    await expect.poll(shannon).not.toBe(before);
    await window.screenshot("explorer-compare-temperature");
    await compare("Nothing");
    await expect.poll(() => panel.locator(".compare").count()).toBe(0);
    await compare("The same as chat");
    await panel.locator(".compare .movers").waitFor({ timeout: 30_000 });
    expect(await panel.locator(".compare h2").textContent()).toBe(
      "Compared with the same text as chat, by Specimen, chat",
    );
    const template = await panel.locator(".rival-prompt .tok-special").allTextContents();
    expect(template).toContain("<|im_start|>");
    expect(await shannon()).toBeGreaterThan(0);
    await window.screenshot("explorer-compare-chat");
  });

  it("goes on after its model was killed while it was asked; then two models are compared", async () => {
    const { window, panel } = await openExplorer();
    await wide(window);
    const before = await finding(panel).textContent();
    // Stopped first, so that it dies while it is asked.
    const [pid] = modelProcesses();
    if (pid === undefined) throw new Error("no model process");
    process.kill(pid, "SIGSTOP");
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("Enter");
    await panel.locator("#cancel").waitFor({ timeout: 20_000 });
    process.kill(pid, "SIGKILL");
    const note = panel.locator(".note.error");
    await note.waitFor({ timeout: 20_000 });
    expect(await note.textContent()).toMatch(/Specimen, base/);
    expect((await grownTokens(panel)).length, "the token taken is kept").toBe(1);
    await window.screenshot("explorer-crashed");
    await note.getByText("Restart and go on").click();
    await expect.poll(() => note.count(), { timeout: 30_000 }).toBe(0);
    await answered(panel);
    await panel.locator("#back").click();
    await expect.poll(() => finding(panel).textContent()).toBe(before);

    await panel.locator("#compare-with").click();
    await panel.locator("#compare-with vscode-option").filter({ hasText: "Another model" }).click();
    const choice = window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Specimen, chat" });
    await choice.first().click();
    await panel.locator(".compare .movers").waitFor({ timeout: 40_000 });
    expect(await panel.locator(".compare h2").textContent()).toBe("Compared with Specimen, chat");
    // Jensen-Shannon and both Kullback-Leibler divergences; the models differ, so none is zero.
    const figures = (await panel.locator(".figures dd").allTextContents()).map(Number.parseFloat);
    expect(figures.slice(0, 3).every((bits) => bits > 0)).toBe(true);
    await window.screenshot("explorer-compare-models");
  });

  it("is saved, exported, inserted into the file, and opened again as it was", async () => {
    const { window, panel } = await openExplorer();
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("Enter");
    await expect.poll(async () => (await grownTokens(panel)).length).toBe(1);
    await answered(panel);
    const before = await finding(panel).textContent();
    const taken = await grownTokens(panel);
    const [prompt = ""] = (await readFile(path.join(window.folder, place.file), "utf8")).split("\n");
    await panel.locator("#save").click();
    await window.giveFile(path.join(window.folder, "kept.promptscope.jsonl"));
    await expect
      .poll(() => readFile(path.join(window.folder, "kept.promptscope.jsonl"), "utf8").catch(() => ""))
      .not.toBe("");
    await panel
      .getByText(/kept\.promptscope\.jsonl/)
      .first()
      .waitFor();

    // What can be taken elsewhere, each file looked into.
    const exported = async (button: string, name: string): Promise<Buffer> => {
      await panel.locator(button).click();
      const file = path.join(window.folder, name);
      await window.giveFile(file);
      await expect
        .poll(() =>
          stat(file).then(
            ({ size }) => size,
            () => 0,
          ),
        )
        .toBeGreaterThan(0);
      return readFile(file);
    };
    const shown = (await rows(panel).locator(".name").allTextContents()).map((name) => name.replaceAll("·", " "));
    const csv = Papa.parse<string[]>((await exported("#export-csv", "kept.csv")).toString().trim()).data;
    expect(csv[0]?.slice(0, 7)).toEqual(["rank", "id", "token", "bytes", "special", "logprob", "raw"]);
    expect(csv.length).toBe(1 + 2048);
    expect(csv[1]?.[2]).toBe(shown[0]);
    const mass = csv.slice(1).reduce((sum, row) => sum + Number(row[6]), 0);
    expect(mass).toBeCloseTo(1, 6);
    const json = JSON.parse((await exported("#export-json", "kept.json")).toString());
    expect(json.model.name).toBe("Specimen, base");
    expect(json.next.entries[0].text).toBe(shown[0]);
    expect(json.paths[0].text).toBe(taken.join("").replaceAll("·", " "));
    const svg = (await exported("#export-bars-svg", "bars.svg")).toString();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]* width="\d+"/);
    expect(svg).not.toMatch(/var\(|NaN|undefined/);
    expect((await exported("#export-tree-svg", "tree.svg")).toString()).toContain(taken[0]!.replaceAll("·", ""));
    const png = await exported("#export-bars-png", "bars.png");
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);

    await panel.locator("#insert").click();
    const inserted = `${prompt.slice(0, place.column - 1)}${taken.join("").replaceAll("·", " ")}`;
    await expect
      .poll(async () =>
        (await window.page.locator(".monaco-editor .view-line").first().textContent())?.replaceAll("\u00a0", " "),
      )
      .toContain(inserted);
    await window.page.locator(".tab", { hasText: "strawberry.md" }).click();
    await window.page.locator(".monaco-editor .view-lines").first().click();
    await window.page.keyboard.press("Control+z");
    await window.command("View: Close All Editors");
    await window.page.keyboard.press("Control+p");
    await window.page.locator(".quick-input-widget:visible input").first().fill("kept.promptscope");
    await window.page
      .locator(".quick-input-list .monaco-list-row.focused")
      .filter({ hasText: "kept" })
      .first()
      .waitFor();
    await window.page.keyboard.press("Enter");
    const again = window.webview();
    await rows(again).first().waitFor({ timeout: 30_000 });
    expect(await finding(again).textContent()).toBe(before);
    expect(await grownTokens(again)).toEqual(taken);
  });

  it("comes back after a window reload", async () => {
    const { window, panel } = await openExplorer({ settings: { "window.restoreWindows": "preserve" } });
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("Enter");
    await expect.poll(async () => (await grownTokens(panel)).length).toBe(1);
    const taken = await grownTokens(panel);
    await panel.getByRole("radio", { name: "Entropy" }).click();
    await window.page.waitForTimeout(1500);
    await window.command("Developer: Reload Window");
    await window.page.waitForEvent("load");
    const again = window.webview();
    await rows(again).first().waitFor({ timeout: 40_000 });
    expect(await grownTokens(again)).toEqual(taken);
    expect(await again.getByRole("radio", { name: "Entropy" }).getAttribute("aria-checked")).toBe("true");
  });

  it("says what to do while there is no prompt", async () => {
    const window = await vscode.open({ file: place.file });
    await window.command("Promptscope: Open Next-Token Explorer");
    const panel = window.webview();
    await panel.locator(".empty-page").waitFor({ timeout: 20_000 });
    await window.screenshot("explorer-empty");
    expect(await violations(panel)).toEqual([]);
    await panel.locator(".empty-page .link").first().click();
    await answered(panel);
  });

  it("has no accessibility violations in any theme, wide and narrow", async () => {
    const { window, panel } = await openExplorer({ height: 1300 });
    await wide(window);
    await panel.locator("#number-temperature").fill("0.7");
    await panel.locator("#number-topP").fill("0.8");
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("Shift+T");
    await window.page.keyboard.press("Enter");
    await answered(panel);
    await panel.locator("#tokens").focus();
    await window.page.keyboard.press("ArrowDown");
    await window.page.keyboard.press("b");
    await window.page.keyboard.press("b");
    await window.page.keyboard.press("Shift+T");
    const tossed = panel.locator(".dist-row .cell-seen").last();
    await expect.poll(() => tossed.textContent()).toBe("1,000");
    const inEachTheme = async (what: string): Promise<void> => {
      for (const theme of ["dark", "light", "highContrast", "highContrastLight"] as const) {
        await window.useTheme(theme);
        await inTheme(panel, theme);
        expect(await violations(panel), `${what} in ${theme}`).toEqual([]);
        await window.screenshot(`explorer-${what}-${theme}`);
      }
    };
    await inEachTheme("tree");
    await panel.getByRole("radio", { name: "Best paths" }).click();
    await panel.getByRole("radio", { name: "Entropy" }).click();
    await panel.locator("#all-tokens").click();
    await panel.locator("#compare-with").click();
    await panel.locator("#compare-with vscode-option").filter({ hasText: "Another temperature" }).click();
    await panel.locator(".movers").waitFor();
    await inEachTheme("lists");
    await window.page.setViewportSize({ width: 470, height: 2000 });
    await panel.locator(".dist.narrow").waitFor();
    await inEachTheme("narrow");
    const overflow = await panel.locator("html").evaluate((page) => page.scrollWidth - page.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
