import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
const file = "texts/people-and-places.md";

/** What decorations write behind texts and how they underline them: neither is text of the page. */
async function decorated(window: Workbench): Promise<{ signs: string[]; lines: string[] }> {
  return window.editor.evaluate((editor) => {
    const spans = [...editor.querySelectorAll(".view-line span[class*='ced-']")];
    const signs = spans.map((span) => getComputedStyle(span, "::after").content.replaceAll('"', ""));
    const lines = spans.map((span) => getComputedStyle(span).textDecorationStyle);
    return { signs: signs.filter((sign) => sign !== "none" && sign !== "normal" && sign !== ""), lines };
  });
}

/** Pixels of a hover that have to be scrolled to. */
async function hidden(hover: Locator): Promise<number> {
  return hover
    .locator(".hover-contents")
    .first()
    .evaluate((contents) => contents.scrollHeight - (contents.closest(".monaco-hover")?.clientHeight ?? 0));
}

async function closeHover(window: Workbench): Promise<void> {
  await window.page.keyboard.press("Escape");
  await window.page.mouse.move(2, 2);
  await window.page.locator(".monaco-hover:visible").waitFor({ state: "hidden" });
}

it("marks the claims of a selection and the heat of a document, which are never in the file", async () => {
  const window = await vscode.open({
    file,
    settings: { "promptscope.claims.samples": 5, "promptscope.claims.controls": 5 },
  });
  const content = await readFile(path.join(window.folder, file), "utf8");
  const lines = content.split("\n");
  const first = lines.findIndex((line) => line.startsWith("Emily Dickinson"));
  const last = lines.findIndex((line) => line.startsWith("The symbol of helium"));
  await window.goTo(first + 1);
  for (let line = first; line < last; line++) await window.page.keyboard.press("Shift+ArrowDown");
  await window.command("Promptscope: Probe This Claim");

  // The specimen knows these by heart.
  const summary = async (): Promise<string> => (await window.codeLenses()).join(" ").replace(/\s+/g, " ");
  await expect.poll(summary, { timeout: 90_000 }).toMatch(/Knows \d+.*Clear marks/);
  const { signs } = await decorated(window);
  expect(signs).toContain("✓");
  const hover = await window.hover("Lisbon");
  await expect
    .poll(() => hover.textContent())
    .toMatch(/Knows.*What is the capital of Portugal\?.*Open in the probe panel/s);
  expect(await hidden(hover), "pixels that have to be scrolled to").toBeLessThanOrEqual(0);
  await window.screenshot("claims-hover-dark");
  await closeHover(window);

  // Of the island, which was made up for this page, it makes something up too.
  const island = lines.findIndex((line) => line.startsWith("Orson Kovacs"));
  await window.goTo(island + 1);
  for (let line = island; line < island + 2; line++) await window.page.keyboard.press("Shift+ArrowDown");
  await window.command("Promptscope: Probe This Claim");
  await expect.poll(async () => (await decorated(window)).signs, { timeout: 90_000 }).toContain("?");
  await window.page
    .locator(".statusbar-item[id$='promptscope.claims']")
    .getByText(/Guesses/)
    .waitFor({ timeout: 60_000 });
  const guessed = await window.hover("lighthouse");
  await expect.poll(() => guessed.textContent()).toMatch(/Guesses.*Orson Kovacs.*It scores like the invented people/s);
  expect(await hidden(guessed), "pixels that have to be scrolled to").toBeLessThanOrEqual(0);
  await window.screenshot("claims-guessed-dark");
  await closeHover(window);

  // A claim that is changed is dotted, until the change is undone.
  await window.goTo(island + 1, lines[island]!.indexOf("lighthouse") + 1);
  await window.page.keyboard.type("former ");
  await expect.poll(async () => (await decorated(window)).lines).toContain("dotted");
  await expect.poll(summary).toMatch(/changed since 1/);
  for (let tries = 0; tries < 8; tries++) await window.page.keyboard.press("Control+z");
  await expect.poll(async () => (await decorated(window)).lines).not.toContain("dotted");
  for (const theme of ["light", "highContrast", "highContrastLight"] as const) {
    await window.useTheme(theme);
    await expect.poll(async () => (await decorated(window)).signs).toContain("✓");
    await window.screenshot(`claims-${theme}`);
  }
  await window.useTheme("dark");
  await window.command("Promptscope: Clear Claim Marks");
  await expect.poll(async () => (await decorated(window)).signs).toEqual([]);
  await expect.poll(summary).not.toMatch(/Clear marks/);

  // What an interrogation found out is shown on the text that it asked about.
  await window.command("Promptscope: Interrogate This File");
  const panel = window.webview();
  await panel.locator("#empty-run:not([disabled])").click({ timeout: 60_000 });
  await expect.poll(() => panel.locator(".finding .find").textContent(), { timeout: 90_000 }).toMatch(/^It knows \d+/);
  await window.command("View: Focus First Editor Group");
  await window.command("Promptscope: Show What a Model Knows of This File");
  await expect.poll(async () => (await decorated(window)).signs, { timeout: 30_000 }).toContain("100 %");
  const section = /\d+ % \[\d+, \d+\] of \d+ answers right/;
  await expect.poll(async () => (await decorated(window)).signs.join("\n")).toMatch(section);
  const known = await window.hover("Lisbon");
  await expect
    .poll(() => known.textContent())
    .toMatch(/100 %.*answers right, closed book.*Capitals and elements.*Hide/s);
  expect(await hidden(known), "pixels that have to be scrolled to").toBeLessThanOrEqual(0);
  await window.screenshot("knowledge-hover-dark");
  await closeHover(window);
  for (const theme of ["light", "highContrast", "highContrastLight"] as const) {
    await window.useTheme(theme);
    await expect.poll(async () => (await decorated(window)).signs).toContain("100 %");
    await window.screenshot(`knowledge-${theme}`);
  }
  await window.command("Promptscope: Hide What a Model Knows of This File");
  await expect.poll(async () => (await decorated(window)).signs).toEqual([]);
  expect(await readFile(path.join(window.folder, file), "utf8")).toBe(content);
}, 240_000);
