import assert from "node:assert/strict";
import { commands, extensions } from "vscode";
import { commands as ids } from "../../src/contributions";

const id = "promptscope.promptscope";

describe("the extension", () => {
  it("activates and registers every command of the manifest", async () => {
    const extension = extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    await extension.activate();
    const registered = new Set(await commands.getCommands(true));
    assert.deepEqual(
      Object.values(ids).filter((command) => !registered.has(command)),
      [],
    );
  });
});
