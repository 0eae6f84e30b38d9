import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { notInstalled, programs, type RealServer, model as specimen } from "../fixtures/servers/realServers";
import type { ScriptedServer } from "../fixtures/servers/scriptedServer";
import { taleServer } from "../fixtures/servers/taleServer";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();

const dialog = (window: Workbench) => window.page.locator(".monaco-dialog-box");
const choice = (window: Workbench, name: string) =>
  window.page.locator(".quick-input-list .monaco-list-row", { hasText: name });
const row = (window: Workbench, name: string) =>
  window.page.locator(`.pane:has(.pane-header[aria-label^="Models"]) .monaco-list-row[aria-label^="${name}"]`);

async function open(): Promise<Workbench> {
  const window = await vscode.open({ file: "texts/strawberry.md" });
  await window.command("Promptscope: Focus on Models View");
  await row(window, "Specimen, base").waitFor({ timeout: 30_000 });
  return window;
}

async function answer(window: Workbench, prompt: string, text: string): Promise<void> {
  const widget = window.page.locator(".quick-input-widget:visible");
  await widget.getByText(prompt).first().waitFor();
  await widget.locator("input.input").first().fill(text);
  await window.page.keyboard.press("Enter");
}

/** Up to the question whether the host may be asked. */
async function beginToAdd(window: Workbench, host: string, name: string, key: string): Promise<void> {
  await window.command("Promptscope: Add a Server");
  await answer(window, "Address of an OpenAI-compatible server", host);
  await answer(window, "Name to show in lists", name);
  await answer(window, "Key for", key);
  await dialog(window).getByText(`Connect to ${host}?`).waitFor();
}

async function press(window: Workbench, button: string): Promise<void> {
  await dialog(window).getByRole("button", { name: button, exact: true }).click();
  await dialog(window).waitFor({ state: "hidden" });
}

/** Tests the only server there is; gives what the report says. */
async function report(window: Workbench, name: string): Promise<string> {
  await window.command("Promptscope: Test a Server");
  await choice(window, name).first().click();
  await dialog(window).getByText("Text prompts").waitFor({ timeout: 90_000 });
  const text = (await dialog(window).locator(".dialog-message-detail").textContent()) ?? "";
  await window.screenshot(`server-report-${name}`);
  await press(window, "OK");
  return text;
}

/** What the model writes at the file's first line, taken over with Tab. */
async function continued(window: Workbench, model: string): Promise<string> {
  await window.changeSettings({ "promptscope.models.base": model });
  const heading = "# Why a model can't see letters";
  await window.goTo(1, heading.length + 1);
  await window.command("Promptscope: Continue Here Greedily");
  const status = window.page.locator(".statusbar-item[id$='promptscope.continue']");
  await expect.poll(() => status.allTextContents().then(String), { timeout: 60_000 }).toMatch(/greedy/);
  const line = window.editor.locator(".view-line").first();
  const text = async (): Promise<string> => ((await line.textContent()) ?? "").replaceAll("\u00a0", " ");
  await expect
    .poll(async () => {
      await window.page.keyboard.press("Tab");
      // What was taken over is drawn a moment later; another Tab would indent.
      await window.page.waitForTimeout(1500);
      return text();
    })
    .not.toBe(heading);
  return (await text()).slice(heading.length);
}

async function remove(window: Workbench, name: string, model: string): Promise<void> {
  await window.command("Promptscope: Remove a Server");
  await choice(window, name).first().click();
  await dialog(window).getByText(`Remove ${name} and its key from Promptscope?`).waitFor();
  await press(window, "Remove");
  await row(window, model).waitFor({ state: "detached" });
}

describe("a server", () => {
  let server: ScriptedServer;

  beforeEach(async () => {
    server = await taleServer("sk-right");
  });
  afterEach(() => server.stop());

  it("is asked after a yes that names it, lists what is ticked, is tested, used and removed", async () => {
    const window = await open();
    await beginToAdd(window, server.host, "Tales", "sk-wrong");
    expect(server.seen).toEqual([]);
    await window.screenshot("server-consent");
    await press(window, "Connect");
    await window.page.getByText(`${server.host} refused the key (401). It says: Wrong key.`).first().waitFor();
    await window.command("Notifications: Clear All Notifications");

    await beginToAdd(window, server.host, "Tales", "sk-right");
    await press(window, "Connect");
    await choice(window, "tale-teller").waitFor();
    // Enter with nothing ticked must not make a server without models.
    await window.page.keyboard.press("Enter");
    await window.page.getByPlaceholder("Nothing is ticked yet").waitFor();
    await choice(window, "tale-teller").click();
    await window.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    await row(window, "tale-teller").waitFor();
    expect(await row(window, "judge").count()).toBe(0);

    const found = await report(window, "Tales");
    expect(found).toContain("✓ Text prompts");
    expect(found).toContain("✓ Log-probabilities: 5 likeliest tokens, of the model itself");
    expect(found).toContain(`✗ Seeds: ${server.host} gives the same text whatever the seed is`);
    expect(await continued(window, `served:${server.baseUrl}#tale-teller`)).toBe(" once upon a time.");
    await window.screenshot("server-used");
    const before = server.seen.length;
    await remove(window, "Tales", "tale-teller");
    expect(server.seen.length).toBe(before);
    expect(new Set(server.seen.slice(1).map(({ authorization }) => authorization))).toEqual(
      new Set(["Bearer sk-right"]),
    );
  });
});

for (const program of programs) {
  describe(`the server of ${program.name}`, () => {
    let server: RealServer;
    beforeEach(async () => {
      if (program.installed) server = await program.start({ key: "sk-real" });
    });
    afterEach(() => server?.stop());

    it("is added, tested, used and removed", async ({ skip }) => {
      skip(!program.installed, notInstalled);
      const window = await open();
      await beginToAdd(window, server.host, program.name, "sk-real");
      await press(window, "Connect");
      // Its only model is ticked from the start.
      await choice(window, specimen).waitFor();
      await window.page.keyboard.press("Enter");
      await row(window, specimen).waitFor();
      const found = await report(window, program.name);
      expect(found).toContain("✓ Text prompts");
      expect(found).toContain("✓ Log-probabilities:");
      expect(await continued(window, `served:${server.baseUrl}#${specimen}`)).not.toBe("");
      await window.screenshot(`server-used-${program.name}`);
      await remove(window, program.name, specimen);
    });
  });
}
