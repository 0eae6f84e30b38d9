import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ending, json, piece, type ScriptedServer, scriptedServer, stream } from "../fixtures/servers/scriptedServer";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();

describe("a server", () => {
  let server: ScriptedServer;

  beforeAll(async () => {
    server = await scriptedServer(({ path, body, authorization }, response) => {
      if (authorization !== "Bearer sk-right") return json(response, { error: { message: "Wrong key" } }, 401);
      if (path === "/v1/models") return json(response, { data: [{ id: "tale-teller" }, { id: "judge" }] });
      if (path !== "/v1/completions") return json(response, { detail: "Not Found" }, 404);
      if (!body.stream) return json(response, { choices: [{ text: " upon", finish_reason: "length" }] });
      stream(response, piece(" upon", -0.5), ending());
      return response.end();
    });
  });
  afterAll(() => server.stop());

  const input = (window: Workbench) => window.page.locator(".quick-input-widget:visible input.input").first();

  async function answer(window: Workbench, prompt: string, text: string): Promise<void> {
    await window.page.locator(".quick-input-widget:visible").getByText(prompt).first().waitFor();
    await input(window).fill(text);
    await window.page.keyboard.press("Enter");
  }

  async function add(window: Workbench, key: string): Promise<void> {
    await window.command("Promptscope: Add a Server");
    await answer(window, "Address of an OpenAI-compatible server", server.host);
    await answer(window, "Name to show in lists", "Tales");
    await answer(window, "Key for", key);
  }

  it("is added after a yes that names it, tested, and removed with its key", async () => {
    const window = await vscode.open({ file: "prompts/tone.md" });
    await add(window, "sk-wrong");
    const dialog = window.page.locator(".monaco-dialog-box");
    await dialog.getByText(`Connect to ${server.host}?`).waitFor();
    expect(server.seen).toEqual([]);
    await window.screenshot("server-consent");
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    await window.page.getByText(`${server.host} refused the key (401). It says: Wrong key.`).first().waitFor();

    await add(window, "sk-right");
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    const row = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "tale-teller" });
    await row.locator("input[type=checkbox], .monaco-checkbox, .quick-input-list-checkbox").first().click();
    await window.page.keyboard.press("Enter");
    const notice = window.page.locator(".notification-list-item", {
      hasText: `${server.host} answered. Models listed: tale-teller.`,
    });
    await notice.getByRole("button", { name: "Test" }).click();
    await dialog.getByText("✓ Text prompts").waitFor();
    const report = (await dialog.textContent()) ?? "";
    expect(report).toContain("OpenAI-compatible server");
    expect(report).toContain(`✗ Log-probabilities: ${server.host} gives no log-probabilities for this model.`);
    await window.screenshot("server-report");
    await window.page.keyboard.press("Escape");

    await window.command("Promptscope: Remove a Server");
    await window.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Tales" }).waitFor();
    await window.page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await window.command("Promptscope: Test a Server");
    await window.page.getByText("No server is set up.").first().waitFor();
  });
});
