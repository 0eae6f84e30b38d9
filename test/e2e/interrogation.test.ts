import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { inTheme, violations } from "./accessibility";
import { modelProcesses } from "./modelProcesses";
import { useWorkbench } from "./workbench";

const vscode = useWorkbench();

const finding = (panel: FrameLocator) => panel.locator(".finding .find");
const row = (panel: FrameLocator, at: number) => panel.locator(`#question-${at}`);
const rows = (panel: FrameLocator) => panel.locator("#questions").getAttribute("aria-rowcount");

/** The number on a button or a filter: "Export 33 examples…", "Dropped 1". */
async function numberIn(text: Promise<string | null>): Promise<number> {
  return Number(/\d[\d,]*/.exec((await text) ?? "")?.[0].replace(",", ""));
}

/** Lines of a JSON Lines file, read. */
async function jsonLines<T>(...file: string[]): Promise<T[]> {
  const text = await readFile(path.join(...file), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

interface Example {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

interface Provenance {
  readonly line: number;
  readonly decision: string;
  readonly reviewed: string | null;
  readonly snippet: string;
  readonly answers: readonly { readonly text: string }[];
}

describe("interrogation panel", () => {
  it("asks what the model knows of a page, is reviewed by keyboard, and exports what follows from it", async () => {
    const window = await vscode.open({
      file: "texts/people-and-places.md",
      settings: { "window.restoreWindows": "preserve" },
    });
    await window.command("Promptscope: Interrogate This File");
    const panel = window.webview();
    await panel.locator("#empty-run:not([disabled])").waitFor({ timeout: 60_000 });
    await panel.locator("#forecast").waitFor({ timeout: 30_000 });
    expect(await violations(panel)).toEqual([]);
    await window.screenshot("interrogation-empty");
    await window.command("View: Close Primary Side Bar");
    await window.command("View: Toggle Maximize Editor Group");
    await panel.locator("#empty-run").click();

    // The specimen knows some of this page, and none of the island, which was made up for it.
    await expect
      .poll(() => finding(panel).textContent(), { timeout: 90_000 })
      .toMatch(
        /^It knows \d+ of \d+ facts of this document.*made up every time.*not known: .*“The island of Sandrey”/s,
      );
    const sections = panel.locator(".sections tbody tr");
    expect(await sections.filter({ hasText: "The island of Sandrey" }).textContent()).toMatch(/\b0 of \d+/);
    await panel.locator(".hm.h5").first().waitFor();
    await panel
      .getByRole("button", { name: /^Line \d+: 0 % right/ })
      .first()
      .waitFor();

    // Accept: the next question opens.
    await panel.locator("#questions").focus();
    await window.page.keyboard.press("Home");
    await panel.locator("#question-0[aria-selected=true]").waitFor();
    await window.page.keyboard.press("a");
    await panel.locator("#question-1[aria-selected=true]").waitFor();
    await row(panel, 0).getByText("accepted").waitFor();
    // A mark by hand, and undone.
    const mark = panel.locator(".answers li").nth(1).locator(".mk");
    const before = await mark.getAttribute("aria-label");
    await window.page.keyboard.press("2");
    await panel.getByRole("button", { name: /^Fixed by hand/ }).waitFor();
    expect(await mark.getAttribute("aria-label")).not.toBe(before);
    await window.page.keyboard.press("u");
    await expect.poll(() => mark.getAttribute("aria-label")).toBe(before);
    // Dropped ones are in no figure.
    await window.page.keyboard.press("d");
    await panel.locator(".finding").getByText("1 question dropped").waitFor();
    // Another answer is marked anew: no answer of the model has these words.
    await panel.locator("#question-2[aria-selected=true]").waitFor();
    await window.page.keyboard.press("f");
    await panel.locator("#draft-answer").fill("a <b>keeper</b> of bees");
    await window.page.keyboard.press("Enter");
    await row(panel, 2).getByText("a <b>keeper</b> of bees").waitFor();
    await expect
      .poll(() => row(panel, 2).locator(".mk").first().getAttribute("aria-label"), { timeout: 20_000 })
      .not.toBe("right");
    const go = panel.locator("#go-on");
    if (await go.isVisible()) await go.click();
    await row(panel, 2).locator(".dd.refuse").waitFor({ timeout: 30_000 });
    // Only what holds a text.
    const all = await rows(panel);
    await panel.locator("#questions").focus();
    await window.page.keyboard.press("/");
    await window.page.keyboard.type("Sandrey");
    await expect.poll(() => rows(panel)).not.toBe(all);
    await panel.locator("#find").getByRole("textbox").fill("");
    await expect.poll(() => rows(panel)).toBe(all);
    await window.screenshot("interrogation-reviewed");

    // The model's process dies while it is asked for more answers; the run goes on where it was.
    const [pid] = modelProcesses();
    if (pid === undefined) throw new Error("the model has no process");
    process.kill(pid, "SIGSTOP");
    await panel.locator("#more-answers").click();
    await panel.locator("#answers").fill("1");
    await window.page.keyboard.press("Tab");
    await panel.locator("#ask-more").click();
    await panel.locator("#pause").waitFor({ timeout: 20_000 });
    process.kill(pid, "SIGKILL");
    await panel.locator("#action-restart").click({ timeout: 40_000 });
    await expect.poll(() => row(panel, 0).locator(".mk:not(.unmarked)").count(), { timeout: 60_000 }).toBe(6);
    await expect.poll(() => finding(panel).textContent(), { timeout: 60_000 }).toMatch(/^It knows/);
    await panel.locator("#export:not([disabled])").waitFor();

    // What is written is what the button says.
    await panel.locator("#export").click();
    const examples = await numberIn(panel.locator("#export").textContent());
    await panel.locator(".written").getByText(`${examples} examples, from 1 file`).waitFor();
    await window.screenshot("interrogation-export");
    const folder = path.join(window.folder, "idk-set");
    await mkdir(folder);
    await panel.locator("#write-export").click();
    // Enter chooses the folder, or goes into it where the dialog had not read it yet: then a button chooses it.
    await window.giveFile(folder);
    const here = window.page.getByRole("button", { name: "Export Here" });
    const written = async () => {
      if (await here.isVisible()) await here.click({ timeout: 2000 });
      return (await readdir(folder)).toSorted();
    };
    await expect.poll(written, { timeout: 30_000 }).toEqual(["README.md", "train.jsonl", "train.provenance.jsonl"]);
    const lines = await jsonLines<Example>(folder, "train.jsonl");
    const provenance = await jsonLines<Provenance>(folder, "train.provenance.jsonl");
    expect(lines.length).toBe(examples);
    expect(provenance.map(({ line }) => line)).toEqual(lines.map((_, at) => at + 1));
    const text = await readFile(path.join(window.folder, "texts", "people-and-places.md"), "utf8");
    for (const [at, { messages }] of lines.entries()) {
      expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
      const from = provenance[at]!;
      expect(text).toContain(from.snippet);
      if (from.decision === "refuse") expect(messages[1]!.content).toMatch(/^I don’t know /);
      else expect(from.answers.map((answer) => answer.text.trim())).toContain(messages[1]!.content);
    }
    expect(provenance.filter(({ reviewed }) => reviewed === "accepted").length).toBe(1);
    expect(await readFile(path.join(folder, "README.md"), "utf8")).toContain(`Examples: ${examples} of`);

    for (const theme of ["dark", "light", "highContrast", "highContrastLight"] as const) {
      await window.useTheme(theme);
      await inTheme(panel, theme);
      expect(await violations(panel), theme).toEqual([]);
      await window.screenshot(`interrogation-${theme}`);
    }
    await window.useTheme("dark");

    await window.page.setViewportSize({ width: 470, height: 1400 });
    await panel.locator(".picker-row").waitFor();
    expect(await violations(panel), "narrow").toEqual([]);
    expect(await panel.locator("html").evaluate((page) => page.scrollWidth - page.clientWidth)).toBeLessThanOrEqual(0);
    await window.screenshot("interrogation-narrow");
    await window.page.setViewportSize({ width: 1400, height: 900 });

    // The window is loaded anew: the run is there, with what the person did and was about to do.
    await panel.locator("#add-question").click();
    await panel.locator("#draft-text").fill("Who keeps the light?");
    // VS Code writes what a panel remembers a little after it was told.
    await window.page.waitForTimeout(1500);
    await window.command("Developer: Reload Window");
    await window.page.waitForEvent("load");
    await expect.poll(() => finding(panel).textContent(), { timeout: 60_000 }).toMatch(/^It knows \d+ of \d+ facts/);
    await panel.locator(".finding").getByText("1 question dropped").waitFor();
    await expect.poll(() => panel.locator("#draft-text").inputValue()).toBe("Who keeps the light?");
    const saved = await readdir(path.join(window.folder, "promptscope-runs"));
    expect(saved.filter((name) => name.endsWith(".promptscope.jsonl")).length).toBe(1);
  });
});
