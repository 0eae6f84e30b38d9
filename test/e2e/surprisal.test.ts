import { describe, expect, it } from "vitest";
import { inTheme, violations } from "./accessibility";
import { modelProcesses } from "./modelProcesses";
import { type PaintedBand, useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
const file = "texts/loaded-coin.md";

/** Texts of the workbench have no-break spaces. */
function plain(text: string | null): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

/** The surprisal lens's item in the status bar. */
async function waitForSurprisal(window: Workbench, pattern: RegExp): Promise<string> {
  const item = window.page.locator(".statusbar-item[id$='promptscope.surprisal']");
  await expect
    .poll(async () => ((await item.count()) > 0 ? plain(await item.textContent()) : ""), { timeout: 60_000 })
    .toMatch(pattern);
  return plain(await item.textContent());
}

async function openScored(theme: "dark" | "light" | "highContrast" | "highContrastLight"): Promise<Workbench> {
  const window = await vscode.open({ file, theme });
  await window.waitForStatus(/\d tokens/);
  await window.command("Promptscope: Toggle Surprisal Lens");
  await waitForSurprisal(window, /^perplexity [\d.,]+ · [\d.]+ bits\/char · Specimen, base$/);
  return window;
}

/** The tints on the line that shows `text`, left to right. */
async function tintsAt(window: Workbench, text: string): Promise<PaintedBand[]> {
  const { y } = await window.placeOf(text);
  return (await window.paintedBands()).filter(({ top }) => top <= y && y < top + 18);
}

/** Whether a tint lies on the middle of a word. */
async function isTinted(window: Workbench, word: string): Promise<boolean> {
  const { x } = await window.placeOf(word);
  return (await tintsAt(window, word)).some(({ left, width }) => left <= x && x < left + width);
}

function alphaOf({ background }: PaintedBand): number {
  const [, , , alpha = "1"] = background.match(/[\d.]+/g) ?? [];
  return Number(alpha);
}

describe("the surprisal lens", () => {
  it("tints what the built-in model did not expect, in six steps, and leaves what it knows by heart", async () => {
    const window = await openScored("dark");
    expect(await isTinted(window, "Lyon")).toBe(true);
    expect(await isTinted(window, "Paris")).toBe(false);
    const colours = new Set((await window.paintedBands()).map(({ background }) => background));
    // The six fills of the palette and no others.
    const fills = ["128, 72, 0", "166, 84, 0", "191, 87, 0", "225, 88, 0", "249, 85, 26", "252, 75, 61"];
    for (const colour of colours)
      expect(
        fills.some((fill) => colour.includes(fill)),
        colour,
      ).toBe(true);
    expect(colours.size).toBeGreaterThan(3);
    await window.command("View: Show Promptscope");
    const view = window.webview();
    const legend = view.locator("svg.histogram[role=img]");
    await legend.waitFor({ timeout: 20_000 });
    expect(await legend.getAttribute("aria-label")).toMatch(
      /0–1 bits: \d+ tokens, expected\..* 2–4 bits: \d+ tokens?, rarer than 1 in 4\..* 12 bits and over: \d+ tokens/,
    );
    const rows = view.getByRole("option");
    expect(await rows.count()).toBeGreaterThan(3);
    expect(await violations(view)).toEqual([]);
    // Keys go down the list, and Enter selects the token in the file.
    await rows.first().focus();
    await window.page.keyboard.press("ArrowDown");
    const [, line] = /line (\d+):/.exec((await rows.nth(1).getAttribute("aria-label")) ?? "") ?? [];
    await window.page.keyboard.press("Enter");
    await expect
      .poll(async () => plain(await window.page.locator("#status\\.editor\\.selection").textContent()))
      .toMatch(new RegExp(`^Ln ${line}, .*selected`));
    await window.screenshot("surprisal-dark");
  });

  it("tells in the hover what was expected instead; replacing continues from there", async () => {
    const window = await openScored("dark");
    // The s of “sad”: “ s” is a token of its own.
    const hover = await window.hover("d sad");
    await expect.poll(async () => hover.textContent(), { timeout: 10_000 }).toMatch(/expected \(entropy\)/);
    const text = (await hover.textContent()) ?? "";
    expect(text).toMatch(/[\d.]+ bits.*rank [\d,]+ of 2,048.*[\d.]+ bits expected \(entropy\)/s);
    expect(text).toMatch(/[\d,]+ others/);
    const sizes = await hover
      .locator("img")
      .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.every((width) => width > 0)).toBe(true);
    const hidden = await hover
      .locator(".hover-contents")
      .first()
      .evaluate((contents) => contents.scrollHeight - (contents.closest(".monaco-hover")?.clientHeight ?? 0));
    expect(hidden, "pixels that have to be scrolled to").toBeLessThanOrEqual(0);
    await window.screenshot("surprisal-hover-dark");

    await hover.getByText("Replace", { exact: true }).first().click();
    await expect.poll(() => window.editor.textContent(), { timeout: 20_000 }).toMatch(/are.created.equ/);
    expect(await window.editor.textContent()).not.toMatch(/created.sad/);
    const item = window.page.locator(".statusbar-item[id$='promptscope.continue']");
    await expect.poll(async () => item.textContent(), { timeout: 20_000 }).toMatch(/tokens?.* · seed 1 · T = 0.8/);
  });

  it("says what is stale, scores again from the change on, and outlives a killed model", async () => {
    const window = await openScored("dark");
    await window.changeSettings({ "promptscope.surprisal.auto": false });
    await window.page.waitForTimeout(1000);
    await window.goTo(5, 1);
    await window.page.keyboard.type("Oh! ");
    await waitForSurprisal(window, /stale$/);
    await expect
      .poll(async () => (await tintsAt(window, "France is Lyon")).map(({ border }) => border).join(), {
        timeout: 10_000,
      })
      .toContain("dotted");
    const above = await tintsAt(window, "created sad");
    expect(above.some(({ border }) => border.includes("dotted"))).toBe(false);
    await window.screenshot("surprisal-stale-dark");
    await window.command("Promptscope: Score Surprisal Again");
    await waitForSurprisal(window, /^perplexity .* Specimen, base$/);
    await expect
      .poll(async () => (await tintsAt(window, "France is Lyon")).some(({ border }) => border.includes("dotted")))
      .toBe(false);

    // The model's process dies while it is asked: what was scored stays, the reason is said, and a click goes on.
    await window.command("View: Show Promptscope");
    const view = window.webview();
    await view.locator("svg.histogram").waitFor({ timeout: 20_000 });
    const before = (await window.paintedBands()).length;
    const [pid] = modelProcesses();
    if (pid === undefined) throw new Error("no model process");
    process.kill(pid, "SIGSTOP");
    await window.goTo(15, "The capital of Hungary is".length + 1);
    await window.page.keyboard.type(" Rome");
    await window.command("Promptscope: Score Surprisal Again");
    await view.getByRole("button", { name: "Stop" }).waitFor({ timeout: 20_000 });
    process.kill(pid, "SIGKILL");
    await waitForSurprisal(window, /surprisal: not scored$/);
    await expect.poll(() => view.getByRole("status").textContent()).toMatch(/Specimen, base/);
    expect((await window.paintedBands()).length).toBeGreaterThan(before / 2);
    await window.screenshot("surprisal-crashed-dark");
    await view.getByRole("button", { name: "Score again" }).click();
    await waitForSurprisal(window, /^perplexity .* Specimen, base$/);
    await expect.poll(() => view.getByRole("status").textContent()).toBe("");
    expect((await tintsAt(window, "Hungary is Rome")).length).toBeGreaterThan(0);
  });

  it("takes the token lens's place and gives it back", async () => {
    const window = await vscode.open({ file, settings: { "promptscope.lens.startOn": true } });
    await window.waitForStatus(/\d tokens/);
    await expect.poll(async () => (await window.paintedBands()).length).toBeGreaterThan(40);
    const bands = (await window.paintedBands()).length;
    await window.command("Promptscope: Toggle Surprisal Lens");
    await waitForSurprisal(window, /^perplexity/);
    expect((await window.paintedBands()).length).toBeLessThan(bands);
    await window.command("Promptscope: Toggle Surprisal Lens");
    await expect.poll(async () => (await window.paintedBands()).length, { timeout: 10_000 }).toBe(bands);
  });

  it("scores chat files through the template, its tokens visible", async () => {
    const window = await vscode.open({ file: "chats/kovacs.json" });
    await window.waitForStatus(/\d tokens/);
    await window.command("Promptscope: Toggle Surprisal Lens");
    await waitForSurprisal(window, /^perplexity .* Specimen, chat$/);
    // What decorations add is drawn by style rules: it is no text of the page.
    const added = async (): Promise<string[]> =>
      window.editor.evaluate((editor) =>
        [...editor.querySelectorAll(".view-line span")].flatMap((span) =>
          ["::before", "::after"].map((pseudo) => getComputedStyle(span, pseudo).content),
        ),
      );
    await expect.poll(async () => (await added()).some((text) => text.includes("<|im_start|>user⏎"))).toBe(true);
    expect((await added()).some((text) => text.includes("<|im_end|>⏎"))).toBe(true);
    await window.screenshot("surprisal-chat-dark");
  });

  it("is lighter and darker in light themes, and underlines in high contrast, the view beside it free of violations", async () => {
    const window = await openScored("light");
    const bands = await window.paintedBands();
    expect(bands.length).toBeGreaterThan(10);
    expect(Math.max(...bands.map(alphaOf))).toBeGreaterThan(0.5);
    await window.command("View: Show Promptscope");
    const view = window.webview();
    await view.locator("svg.histogram").waitFor({ timeout: 20_000 });
    expect(await violations(view)).toEqual([]);
    await window.hover("sad");
    await window.screenshot("surprisal-light");
    for (const theme of ["highContrast", "highContrastLight"] as const) {
      await window.useTheme(theme);
      const fills = async () => new Set((await window.paintedBands()).map(({ background }) => background));
      await expect.poll(fills).toEqual(new Set(["rgba(0, 0, 0, 0)"]));
      const borders = [...new Set((await window.paintedBands()).map(({ border }) => border))];
      for (const widths of ["0px 0px 1px", "0px 0px 3px", "1px 0px 4px"])
        expect(borders.some((border) => border.includes(widths))).toBe(true);
      await inTheme(view, theme);
      expect(await violations(view), theme).toEqual([]);
      await window.screenshot(`surprisal-${theme}`);
    }
  });
});
