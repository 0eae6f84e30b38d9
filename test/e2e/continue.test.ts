import { describe, expect, it } from "vitest";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();

async function status(window: Workbench): Promise<string> {
  const item = window.page.locator(".statusbar-item[id$='promptscope.continue']");
  return (await item.count()) > 0 ? ((await item.textContent()) ?? "").replace(/\s+/g, " ").trim() : "";
}

/** What stands on the line that begins with `start`. */
async function lineOf(window: Workbench, start: string): Promise<string> {
  const lines = await window.editor.locator(".view-line").allTextContents();
  return lines.map((line) => line.replaceAll("\u00a0", " ")).find((line) => line.startsWith(start)) ?? "";
}

/** The ghost, which is drawn by style rules and is no text of the page. */
async function ghost(window: Workbench): Promise<string> {
  const parts = await window.editor.evaluate((editor) =>
    [...editor.querySelectorAll(".view-line span")].flatMap((span) =>
      ["::before", "::after"].flatMap((pseudo) => {
        const { content, fontStyle } = getComputedStyle(span, pseudo);
        return fontStyle === "italic" && content.startsWith('"') ? [content.slice(1, -1)] : [];
      }),
    ),
  );
  return parts.join("").replaceAll("\u00a0", " ");
}

/** How many tokens of the ghost are drawn each for itself. */
async function ghostTokens(window: Workbench): Promise<number> {
  return window.editor.evaluate(
    (editor) =>
      [...editor.querySelectorAll(".view-line span")].filter(
        (span) =>
          getComputedStyle(span, "::after").fontStyle === "italic" &&
          getComputedStyle(span, "::after").content.startsWith('"'),
      ).length,
  );
}

/** Where the cursor and the first ghost token are drawn, CSS pixels from the left. */
async function cursorAndGhost(window: Workbench): Promise<{ cursor: number; ghost: number }> {
  return window.editor.evaluate((editor) => {
    const cursor = editor.querySelector(".cursors-layer .cursor")?.getBoundingClientRect().left ?? Number.NaN;
    const first = [...editor.querySelectorAll(".view-line span")].find((span) =>
      getComputedStyle(span, "::after").content.startsWith('"'),
    );
    return { cursor, ghost: first?.getBoundingClientRect().left ?? Number.NaN };
  });
}

describe("continuing", () => {
  it("shows a ghost that keys accept, draw again and dismiss", async () => {
    const window = await vscode.open({ file: "texts/loaded-coin.md" });
    await window.waitForStatus(/\d tokens/);
    const line = "The capital of Hungary is";
    await window.goTo(15, line.length + 1);
    await window.command("Promptscope: Continue Here Greedily");
    await expect.poll(() => status(window), { timeout: 60_000 }).toMatch(/greedy/);
    await expect.poll(() => ghost(window), { timeout: 20_000 }).toBe(" Budapest.");
    const places = await cursorAndGhost(window);
    expect(Math.abs(places.cursor - places.ghost), "the cursor stands before the ghost").toBeLessThan(2);
    await window.screenshot("continue-dark");

    // Tokens, not words: Budapest has several in the built-in vocabulary.
    await window.page.keyboard.press("Control+Shift+ArrowRight");
    await expect.poll(() => lineOf(window, line)).toMatch(/is B/);
    await window.page.keyboard.press("Escape");
    await expect.poll(() => status(window)).toBe("");
    const afterToken = await lineOf(window, line);
    expect(afterToken).toMatch(/is B\w{0,4}$/);
    await window.page.keyboard.press("Control+z");
    await expect.poll(() => lineOf(window, line)).toBe(line);

    await window.page.keyboard.press("Control+Alt+Enter");
    await expect.poll(() => status(window), { timeout: 20_000 }).toMatch(/seed 1 · T = 0.8/);
    await window.page.keyboard.press("Alt+]");
    await expect.poll(() => status(window), { timeout: 20_000 }).toMatch(/seed 2 · T = 0.8/);
    await expect.poll(() => ghost(window), { timeout: 20_000 }).not.toBe("");
    expect(await ghostTokens(window)).toBeGreaterThan(1);
    await window.page.keyboard.press("Control+ArrowRight");
    await expect.poll(async () => (await lineOf(window, line)).length).toBeGreaterThan(line.length);
    await window.page.keyboard.type("!");
    await expect.poll(() => status(window)).toBe("");
    await window.screenshot("continue-typed-dark");
  });

  it("takes everything with Tab, in one step of undo", async () => {
    const window = await vscode.open({ file: "texts/loaded-coin.md", theme: "light" });
    await window.waitForStatus(/\d tokens/);
    await window.goTo(15, "The capital of Hungary is".length + 1);
    await window.command("Promptscope: Continue Here Greedily");
    await expect.poll(() => ghost(window), { timeout: 60_000 }).toBe(" Budapest.");
    await window.screenshot("continue-light");
    await window.page.keyboard.press("Tab");
    await expect.poll(() => status(window)).toBe("");
    await expect.poll(() => lineOf(window, "The capital of Hungary is")).toBe("The capital of Hungary is Budapest.");
    expect(await ghost(window)).toBe("");
    await window.page.keyboard.press("Control+z");
    await expect.poll(() => lineOf(window, "The capital of Hungary is")).toBe("The capital of Hungary is");
  });
});
