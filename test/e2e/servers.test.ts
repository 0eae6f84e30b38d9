import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { json, type ScriptedServer, scriptedServer } from "../fixtures/servers/scriptedServer";
import { useWorkbench, type Workbench } from "./workbench";

const vscode = useWorkbench();

describe("a server", () => {
  let server: ScriptedServer;

  beforeEach(async () => {
    server = await scriptedServer(({ path, authorization }, response) => {
      if (authorization !== "Bearer sk-right") return json(response, { error: { message: "Wrong key" } }, 401);
      if (path === "/v1/models") return json(response, { data: [{ id: "tale-teller" }, { id: "judge" }] });
      return json(response, { detail: "Not Found" }, 404);
    });
  });
  afterEach(() => server.stop());

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

  it("is asked after a yes that names it, and shows its models to the right key alone", async () => {
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
    await window.page.locator(".quick-input-list .monaco-list-row", { hasText: "tale-teller" }).waitFor();
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(["Bearer sk-wrong", "Bearer sk-right"]);
  });
});
