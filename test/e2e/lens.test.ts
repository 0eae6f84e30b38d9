import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadTokenizer, type Tokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { type PaintedBand, useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
/** The mode is the workspace's, so that cycling it in one window leaves the others alone. */
const on = { "promptscope.lens.startOn": true, "promptscope.lens.mode": "bands" };
let tokenizer: Tokenizer;

beforeAll(async () => {
  tokenizer = await loadTokenizer("o200k_base", directorySource("dist"));
});

/** Lengths of a line's tokens, as far as they are visible. */
function tokenLengths(line: string): number[] {
  const { offsets } = tokenizer.encode(line);
  return Array.from(offsets.subarray(1), (end, index) => end - (offsets[index] ?? 0)).filter((length) => length > 0);
}

/** The bands on the line that shows `text`, left to right. */
async function bandsAt(window: Workbench, text: string): Promise<PaintedBand[]> {
  const { y } = await window.placeOf(text);
  return (await window.paintedBands()).filter(({ top }) => top <= y && y < top + 18);
}

/** Waits until the bands of the line that shows `line` are as wide as its tokens are long. */
async function expectBands(window: Workbench, line: string, shown = line): Promise<PaintedBand[]> {
  const wanted = tokenLengths(line);
  let bands: PaintedBand[] = [];
  await expect
    .poll(
      async () => {
        bands = await bandsAt(window, shown);
        const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
        // Painted widths are whole pixels: the mean is closer than any one of them.
        const unit = sum(bands.map(({ width }) => width)) / sum(wanted);
        return bands.map(({ width }) => Math.round(width / unit));
      },
      { timeout: 15_000 },
    )
    .toEqual(wanted);
  return bands;
}

describe("the token lens", () => {
  it("paints each token as a band, neighbours in different colours, and follows typing", async () => {
    const window = await vscode.reuse({ file: "prompts/word-problems.md", settings: on });
    await window.waitForStatus(/\d tokens/);
    const line = "A market stall packs persimmons in nets of 12. Orson Kovacs buys 7 nets and";
    const bands = await expectBands(window, line, "market stall");
    for (const [index, band] of bands.entries())
      if (index > 0) expect(band.background).not.toBe(bands[index - 1]?.background);

    await window.goTo(22, 3);
    await window.page.keyboard.type("unbelievably ");
    await expectBands(window, `A unbelievably ${line.slice(2)}`, "unbelievably");
    const counted = await window.page.locator(".view-line", { hasText: "unbelievably" }).first().textContent();
    expect(counted).toContain("persimmons");
    await window.screenshot("lens-typing");
  });

  it("cycles from bands to boundaries to off, and remembers off over a reload", async () => {
    const window = await vscode.open({ file: "prompts/word-problems.md", settings: on });
    await window.waitForStatus(/\d tokens/);
    await expect.poll(async () => (await window.paintedBands()).length).toBeGreaterThan(100);
    await window.command("Promptscope: Cycle Token Lens Mode");
    await expect
      .poll(async () => (await bandsAt(window, "market stall")).map(({ border }) => border)[1])
      .toContain("1px");
    const boundaries = await bandsAt(window, "market stall");
    expect(boundaries.every(({ background }) => background === "rgba(0, 0, 0, 0)")).toBe(true);
    expect(boundaries.length).toBe(
      tokenLengths("A market stall packs persimmons in nets of 12. Orson Kovacs buys 7 nets and").length,
    );
    await window.screenshot("lens-boundaries");
    await window.command("Promptscope: Cycle Token Lens Mode");
    await expect.poll(async () => (await window.paintedBands()).length).toBe(0);
    await window.page.waitForTimeout(1000);
    await window.reload();
    await window.waitForStatus(/\d tokens/, 60_000);
    await window.page.waitForTimeout(1000);
    expect(await window.paintedBands()).toEqual([]);
  });

  it("draws boxes and underlines instead of fills in high contrast", async () => {
    const window = await vscode.open({ file: "prompts/word-problems.md", settings: on, theme: "highContrast" });
    await window.waitForStatus(/\d tokens/);
    await expect.poll(async () => (await bandsAt(window, "market stall")).length).toBeGreaterThan(10);
    const [box, underline] = await bandsAt(window, "market stall");
    expect(box?.border).toMatch(/solid 1px/);
    expect(underline?.border).toMatch(/0px 0px 1px/);
    expect(box?.background).toBe("rgba(0, 0, 0, 0)");
    await window.screenshot("lens-high-contrast");
  });

  it("follows scrolling and folding", async () => {
    const window = await vscode.reuse({ file: "prompts/word-problems.md", settings: on });
    await window.waitForStatus(/\d tokens/);
    await window.page.keyboard.press("Control+End");
    await expect.poll(async () => (await window.paintedBands()).length, { timeout: 10_000 }).toBeGreaterThan(20);
    await window.command("Fold All");
    await window.page.keyboard.press("Control+Home");
    await expect
      .poll(async () => (await bandsAt(window, "Word problems")).length, { timeout: 10_000 })
      .toBeGreaterThan(3);
    await window.screenshot("lens-folded");
  });

  it("works in both sides of a diff", async () => {
    const window = await vscode.reuse({ file: "prompts/tone.md", settings: on });
    await window.waitForStatus(/\d tokens/);
    await window.goTo(1);
    await window.page.keyboard.type("An unbelievable change. ");
    await window.command("File: Compare Active File with Saved");
    await window.page.locator(".monaco-diff-editor").first().waitFor();
    const sides = (): Promise<number[]> =>
      window.page
        .locator(".monaco-diff-editor .monaco-editor")
        .evaluateAll((editors) => editors.map((editor) => editor.querySelectorAll(".cdr[class*='ced-']").length));
    await expect
      .poll(async () => (await sides()).filter((bands) => bands > 10).length, { timeout: 15_000 })
      .toBeGreaterThanOrEqual(2);
    await window.screenshot("lens-diff");
  });

  it("works in untitled documents", async () => {
    const window = await vscode.reuse({ settings: on });
    await window.command("New Untitled Text File");
    await window.page.waitForTimeout(500);
    await window.page.keyboard.type("persimmons and 👩‍👩‍👧‍👦");
    await window.waitForStatus(new RegExp(`^${tokenizer.count("persimmons and 👩‍👩‍👧‍👦")} tokens`));
    const bands = window.page.locator(".editor-instance .view-overlays .cdr[class*='ced-']");
    await expect.poll(() => bands.count(), { timeout: 10_000 }).toBeGreaterThan(3);
    await window.screenshot("lens-untitled");
  });

  it("works in notebook cells", async () => {
    const window = await vscode.open({ settings: on });
    const cell = {
      cell_type: "code",
      metadata: {},
      outputs: [],
      execution_count: null,
      source: ["persimmons = unbelievably(12)"],
    };
    const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await writeFile(path.join(window.folder, "fruit.ipynb"), JSON.stringify(notebook));
    await window.page.keyboard.press("Control+p");
    await window.page.locator(".quick-input-widget:visible input").first().fill("fruit.ipynb");
    await window.page.waitForTimeout(1000);
    await window.page.keyboard.press("Enter");
    const bands = window.page.locator('.notebookOverlay .view-overlays .cdr[class*="ced-"]');
    await expect.poll(() => bands.count(), { timeout: 30_000 }).toBeGreaterThan(4);
    await window.screenshot("lens-notebook");
  });

  it("marks whitespace tokens and line ends when asked", async () => {
    const window = await vscode.open({ file: "texts/whitespace.md", settings: on });
    await window.waitForStatus(/\d tokens/);
    await window.command("Promptscope: Toggle Marks for Whitespace");
    const marks = async (): Promise<string[]> =>
      window.editor.evaluate((editor) =>
        [...editor.querySelectorAll(".view-line span")].flatMap((span) =>
          ["::before", "::after"].map((pseudo) => getComputedStyle(span, pseudo).content),
        ),
      );
    await expect.poll(async () => (await marks()).some((text) => text.includes("⏎")), { timeout: 10_000 }).toBe(true);
    expect((await marks()).some((text) => /·/.test(text))).toBe(true);
    await window.screenshot("lens-marks");
  });
});
