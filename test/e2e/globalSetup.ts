import { rm } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { chromiumArguments, findChromium } from "../../scripts/workbench/chromium.mjs";
import { root } from "../../scripts/workbench/install.mjs";
import { startServer } from "../../scripts/workbench/server.mjs";
import type { Lane } from "./lane";

const say = (line: string): void => console.log(line);

/** One server and one browser for each file that runs at a time. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await rm(path.join(root, "test-output", "failures"), { recursive: true, force: true });
  const executablePath = await findChromium(say);
  const lanes: { readonly lane: Lane; readonly end: () => Promise<void> }[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(lanes.map((each) => each.end()));
  };
  try {
    for (let number = 0; number < project.config.maxWorkers; number++) lanes.push(await start(executablePath, number));
  } catch (error) {
    await end();
    throw error;
  }
  project.provide(
    "lanes",
    lanes.map(({ lane }) => lane),
  );
  return end;
}

async function start(executablePath: string, number: number): Promise<{ lane: Lane; end: () => Promise<void> }> {
  const dataFolder = path.join(root, ".cache", `e2e-data-${process.pid}-${number}`);
  const server = await startServer({ dataFolder, say, fewBuiltIns: true });
  const browser = await chromium.launchServer({ executablePath, args: chromiumArguments });
  return {
    lane: { server: server.address, dataFolder, browser: browser.wsEndpoint() },
    end: async () => {
      await browser.close();
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
