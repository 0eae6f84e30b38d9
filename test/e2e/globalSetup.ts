import { rm } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { chromiumArguments, findChromium } from "../../scripts/workbench/chromium.mjs";
import { root } from "../../scripts/workbench/install.mjs";
import { startServer } from "../../scripts/workbench/server.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The workbench's server. */
    server: string;
    /** Its data folder, which holds the logs. */
    dataFolder: string;
    /** Where playwright connects to the browser. */
    browser: string;
  }
}

const say = (line: string): void => console.log(line);

/** One server and one browser for all end-to-end tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = path.join(root, ".cache", `e2e-data-${process.pid}`);
  await rm(path.join(root, "test-output", "failures"), { recursive: true, force: true });
  const server = await startServer({ dataFolder, say });
  const browser = await chromium.launchServer({ executablePath: await findChromium(say), args: chromiumArguments });
  project.provide("server", server.address);
  project.provide("dataFolder", dataFolder);
  project.provide("browser", browser.wsEndpoint());
  return async () => {
    await browser.close();
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
}
