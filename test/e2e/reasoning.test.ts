import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { regionsByKey, violations } from "./accessibility";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();
const open = "Promptscope: Compare Step by Step with Answer First";

const finding = (panel: FrameLocator) => panel.locator(".findings .find").first();

/** As large as the window lets it be. */
async function wide(window: Workbench): Promise<void> {
  await window.command("View: Close Primary Side Bar");
  await window.command("View: Toggle Maximize Editor Group");
}

/** Puts a value into a number field and leaves it, as a person does. */
async function type(window: Workbench, panel: FrameLocator, field: string, value: number): Promise<void> {
  await panel.locator(field).fill(String(value));
  await window.page.keyboard.press("Tab");
}

/** Generated problems of one kind, two arms, several samples: small enough for any machine, enough for a finding. */
async function setUp(window: Workbench, panel: FrameLocator, questions: number, samples: number): Promise<void> {
  await panel.locator("#open-questions").click();
  await panel.getByRole("radio", { name: "Generated problems" }).click();
  const family = (name: string) => panel.locator("#drawer vscode-checkbox").filter({ hasText: name });
  await family("running calculation").waitFor();
  for (const name of ["fruit prices", "chains of comparison"]) {
    if ((await family(name).getAttribute("aria-checked")) === "true") await family(name).click();
  }
  await type(window, panel, "#problem-count", questions);
  // Of what takes one step the model knows nearly all either way.
  await type(window, panel, "#steps-to", 3);
  await type(window, panel, "#steps-from", 2);
  await panel.locator("#open-arms").click();
  const arms = panel.locator("#drawer .arm-on");
  await arms.first().waitFor();
  for (const name of ["Answer, then explain", "Use code", "Filler dots"]) {
    const arm = arms.filter({ hasText: name });
    if ((await arm.getAttribute("aria-checked")) === "true") await arm.click();
  }
  await panel.locator("#open-more").click();
  await type(window, panel, "#temperature", 0.8);
  await panel.locator("#open-more").click();
  await type(window, panel, "#samples", samples);
  await panel.getByText(new RegExp(`^\\s*${questions} questions, generated`)).waitFor();
  await panel
    .locator("#forecast")
    .getByText(/≈ [\d,]+ tokens/)
    .waitFor();
}

/** "412 of 4,800 answers": how many came. */
async function answers(place: Locator): Promise<number> {
  const found = /([\d,]+) of [\d,]+ answers/.exec((await place.textContent()) ?? "");
  return Number(found?.[1]?.replace(",", ""));
}

/** Frames of the panel from now on, milliseconds, and those of them in which the page itself worked for over 50. */
async function watchFrames(
  panel: FrameLocator,
): Promise<() => Promise<{ frames: number; long: number[]; p95: number }>> {
  const body = panel.locator("body");
  await body.evaluate(() => {
    const seen = { frames: [] as number[], long: [] as number[] };
    (window as unknown as { seen: typeof seen }).seen = seen;
    let before = performance.now();
    const next = (now: number): void => {
      seen.frames.push(now - before);
      before = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    new PerformanceObserver((list) => {
      // The workbench around the panel runs in the same thread; its tasks come under other names.
      for (const { name, duration } of list.getEntries()) if (name === "self") seen.long.push(Math.round(duration));
    }).observe({ type: "longtask" });
  });
  return () =>
    body.evaluate(() => {
      const { seen } = window as unknown as { seen: { frames: number[]; long: number[] } };
      const sorted = seen.frames.toSorted((a, b) => a - b);
      return { frames: sorted.length, long: seen.long, p95: Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0) };
    });
}

async function savedRuns(window: Workbench): Promise<string[]> {
  const names = await readdir(path.join(window.folder, "promptscope-runs")).catch(() => []);
  return names.filter((name) => name.endsWith(".promptscope.jsonl"));
}

const row = (window: Workbench, name: string) =>
  window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first();

/**
 * The same question to a second model as well, twice in each arm, graded by meaning: a finding for each, the two side by
 * side, and how the judge did.
 */
async function askTwoModels(window: Workbench, panel: FrameLocator): Promise<void> {
  await panel.locator("#second-model").click();
  await row(window, "Specimen, base").click();
  await panel.locator("#model-1").getByText("Specimen, base").waitFor();
  await type(window, panel, "#samples", 2);
  await panel.locator("#grader").click();
  await panel.locator("#grader vscode-option").filter({ hasText: "Same meaning" }).click();
  await panel.locator("#model-judge").getByText("Specimen, chat").waitFor();
  await panel.locator("#run").getByText("Run with these settings").waitFor();
  await panel.locator("#run").click();
  await expect.poll(() => panel.locator(".findings .find").count(), { timeout: 60_000 }).toBe(2);
  await panel.locator(".between tbody tr").first().waitFor();
  // So small a model cannot judge, and is not believed.
  await panel
    .locator(".judge")
    .getByText(/^Graded by words alone: Specimen, chat told \d+ of 16 pairs/)
    .waitFor();
  expect(await panel.locator(".between thead").textContent()).toMatch(/Specimen, chat.*Specimen, base/s);
  await window.screenshot("reasoning-two-models");
}

async function compareWith(window: Workbench, panel: FrameLocator, name: string): Promise<void> {
  await panel.locator("#compare-runs").click();
  await row(window, name).click();
  const beside = panel.getByRole("region", { name: "Compared with another run" });
  await beside.getByText(/^\s*1 question in both/).waitFor({ timeout: 20_000 });
  expect(await beside.textContent()).toMatch(/Not the same: .*answers to each question/);
  expect(await beside.locator("tbody tr").count()).toBeGreaterThan(1);
  await beside.locator("#compare-end").click();
}

/** Every answer is in the files, and the report brings its plots along. */
async function exportAll(window: Workbench, panel: FrameLocator): Promise<void> {
  const written = async (format: string, name: string): Promise<string> => {
    const file = path.join(window.folder, name);
    await panel.locator(`#export-${format}`).click();
    await window.giveFile(file);
    await expect.poll(() => readFile(file, "utf8").catch(() => ""), { timeout: 20_000 }).not.toBe("");
    return readFile(file, "utf8");
  };
  const answers = 20; // two models, five arms, twice
  const csv = await written("csv", "nets.csv");
  expect(csv.split("\r\n")[0]).toMatch(/^model,arm,/);
  expect(csv.match(/^specimen-(chat|base),/gm)).toHaveLength(answers);
  const json = JSON.parse(await written("json", "nets.json"));
  expect(json.answers).toHaveLength(answers);
  expect(json.findings).toHaveLength(2);
  const report = await written("markdown", "nets.md");
  expect(report).toContain("# nets");
  const [, plot] = /\(([^)]*right\.svg)\)/.exec(report) ?? [];
  await expect.poll(() => readFile(path.join(window.folder, plot!), "utf8").catch(() => "")).toMatch(/^<svg/);
}

describe("reasoning panel", () => {
  it("goes from a question in a file to the verdict, to when it knew, to a changed step", async () => {
    const window = await vscode.open({ file: "prompts/word-problems.md" });
    await window.goTo(22);
    await window.page.keyboard.press("Shift+ArrowDown");
    await window.page.keyboard.press("Shift+End");
    await window.command(open);
    const panel = window.webview();
    await panel.locator(".question-preview").waitFor({ timeout: 40_000 });
    expect(await panel.locator(".question-preview").textContent()).toContain("persimmons in nets of 12");
    expect(await violations(panel)).toEqual([]);
    await window.screenshot("reasoning-one-question");
    await wide(window);
    await panel.locator("#open-questions").click();
    // The section that was selected from knows the answer.
    await expect.poll(() => panel.getByRole("textbox", { name: "Right answer, if known" }).inputValue()).toBe("55");
    await panel.locator("#open-questions").click();
    await panel.locator("#empty-run").click();
    await expect
      .poll(() => finding(panel).textContent(), { timeout: 60_000 })
      .toMatch(/One question.*This is an example, not a measurement/s);
    expect(await finding(panel).textContent()).toMatch(/(step by step.*|arms) (is|are) (right|wrong)/);
    const steps = panel.locator(".arm").filter({ hasText: "Step by step" });
    expect(await steps.locator("button.step").count()).toBeGreaterThan(0);
    await steps.locator("button.step").first().click();
    await panel.locator("#ask-known").click();
    const curve = panel.locator(".kn-plot svg[role=img]");
    await curve.waitFor({ timeout: 60_000 });
    expect(await curve.getAttribute("aria-label")).toMatch(
      /Probability of the right answer before the first step and after each: .*%/,
    );
    await steps.locator("button.step").first().focus();
    await window.page.keyboard.press("e");
    await panel.locator("#plant").click();
    const before = await steps.locator("button.step").first().locator("span").nth(1).textContent();
    await expect
      .poll(() => panel.locator("#step-text").evaluate((area) => (area as HTMLTextAreaElement).value))
      .not.toBe(before);
    await type(window, panel, "#continuations", 2);
    await panel.locator("#run-on").click();
    await panel
      .locator(".edit")
      .getByText(/The answer (followed|did not follow)/)
      .waitFor({ timeout: 60_000 });
    await panel.locator("#show-tokens").click();
    await expect.poll(() => steps.locator(".tk.b0").count()).toBeGreaterThan(0);
    expect(await regionsByKey(window, panel)).toEqual(
      expect.arrayContaining(["Question 1", "When does it know?", "Changed steps"]),
    );
    await steps.getByRole("button", { name: "Correct…" }).click();
    await steps.locator(".read-as input").fill("55");
    await window.page.keyboard.press("Tab");
    await steps.getByText(/Read by hand; the grader said (right|wrong)/).waitFor();
    await steps.getByRole("button", { name: "As graded" }).click();
    await steps.getByText(/Read by hand/).waitFor({ state: "detached" });
    await window.screenshot("reasoning-example");
    await expect.poll(async () => (await savedRuns(window)).length).toBe(1);
    const [first] = await savedRuns(window);
    await askTwoModels(window, panel);
    await expect.poll(async () => (await savedRuns(window)).length).toBe(2);
    const second = (await savedRuns(window)).find((name) => name !== first)!;
    await compareWith(window, panel, first!);
    await exportAll(window, panel);
    await panel.locator("#insert-arm").click();
    await panel.locator("#start-over").click();
    await panel.getByRole("button", { name: second }).click();
    const own = window.webview();
    await own.locator("#reveal-file").getByText(second).waitFor({ timeout: 40_000 });
    await window.page.locator(`.tab.active[aria-label*="${second}"]`).waitFor();
    await expect.poll(() => own.locator(".findings .find").count()).toBe(2);
    await window.command("View: Focus First Editor Group");
    // The question with the wording of the arm that was right most often.
    const wording = /How many are left\? (Answer with just|Think step|Give the answer|Write (one|ten))/;
    await expect.poll(async () => (await window.editor.textContent())?.replaceAll("\u00a0", " ")).toMatch(wording);
  });

  it("measures a set of problems, stops and goes on, filters, and stays fluent while four samples stream", async () => {
    const window = await vscode.open({ file: "prompts/word-problems.md" });
    await window.command(open);
    const panel = window.webview();
    await panel.locator("#open-questions").waitFor({ timeout: 40_000 });
    await wide(window);
    await setUp(window, panel, 600, 4);
    const frames = await watchFrames(panel);
    await panel.locator("#run").click();
    await panel.locator("#stop").waitFor({ timeout: 40_000 });
    await panel.locator(".arm").first().waitFor({ timeout: 40_000 });
    const soFar = panel.locator(".so-far");
    // From thirty questions on there are percentages.
    await expect
      .poll(async () => (await soFar.allTextContents()).join(), { timeout: 90_000 })
      .toMatch(/step by step [\d.]+ %/);
    await window.screenshot("reasoning-running");
    await panel.locator("#pause").click();
    await panel.locator("#go-on").waitFor({ timeout: 20_000 });
    const paused = await answers(panel.locator(".findings"));
    await panel.locator("#go-on").click();
    await expect
      .poll(() => answers(panel.getByRole("region", { name: "Progress" })), { timeout: 40_000 })
      .toBeGreaterThan(paused);
    await panel.locator("#stop").click();
    await expect
      .poll(() => finding(panel).textContent(), { timeout: 20_000 })
      .toMatch(/ of \d+ questions, [+−]\d+ points/);
    const seen = await frames();
    process.stdout.write(`frames while 4 samples streamed: ${JSON.stringify(seen)}\n`);
    expect(seen.long.length / seen.frames).toBeLessThan(0.05);
    expect(await panel.locator(".acc tbody tr").count()).toBe(2);
    await panel.getByRole("region", { name: "Majority vote" }).waitFor();
    await panel.locator("[data-filter=onlySecond]").click();
    await expect.poll(() => panel.locator("[data-filter=onlySecond]").getAttribute("aria-pressed")).toBe("true");
    const wanted = Number((await panel.locator("[data-filter=onlySecond] .n").textContent())?.replace(",", ""));
    await expect.poll(() => panel.locator("#questions").getAttribute("aria-rowcount")).toBe(String(wanted + 1));
    await panel.locator("#questions").focus();
    await window.page.keyboard.press("Home");
    const chosen = (row: number) => panel.locator(`#questions #row-${row}[aria-selected=true]`);
    await chosen(0).waitFor();
    await window.page.keyboard.press("ArrowDown");
    await chosen(1).waitFor();
    const text = (await chosen(1).locator(".qt").textContent()) ?? "";
    expect(await panel.locator(".q-text").textContent()).toContain(text);
    await window.page.keyboard.press("F6");
    await expect
      .poll(() =>
        panel
          .locator("body")
          .evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("aria-label")),
      )
      .toMatch(/^Question \d+/);
    await panel.locator("#questions").focus();
    await window.page.keyboard.press("/");
    await window.page.keyboard.type("no such question");
    await panel.getByText("No question is left by this filter.").waitFor();
    await window.page.keyboard.press("Control+a");
    await window.page.keyboard.press("Delete");
    await chosen(1).waitFor();
    await window.screenshot("reasoning-set");
    for (const theme of ["dark", "light", "highContrast", "highContrastLight"] as const) {
      await window.useTheme(theme);
      expect(await violations(panel), theme).toEqual([]);
      await window.screenshot(`reasoning-${theme}`);
    }
    // A list that was scrolled is there again after the panel was narrow.
    await panel.locator("[data-filter=all]").click();
    await expect.poll(() => panel.locator("#questions").getAttribute("aria-rowcount")).toBe("601");
    await panel.locator("#questions").focus();
    await window.page.keyboard.press("End");
    await chosen(599).waitFor();
    await window.page.setViewportSize({ width: 470, height: 1600 });
    await panel.locator(".picker-row").waitFor();
    expect(await violations(panel), "narrow").toEqual([]);
    expect(await panel.locator("html").evaluate((page) => page.scrollWidth - page.clientWidth)).toBeLessThanOrEqual(0);
    await window.screenshot("reasoning-narrow");
    await window.page.setViewportSize({ width: 1400, height: 900 });
    await expect
      .poll(() => panel.locator("#questions[role=grid]").evaluate((list) => list.scrollTop))
      .toBeGreaterThan(10_000);
    // The open question is none of those that the filter leaves.
    await window.page.setViewportSize({ width: 470, height: 1600 });
    await panel.locator("[data-filter=onlySecond]").click();
    await expect.poll(() => panel.locator(".picked .num").textContent()).toBe(`none of ${wanted}`);
  });
});
