import { inject } from "vitest";

/**
 * What the test files of one worker have to themselves, since files run side by side: the windows of a server share their
 * settings, so their theme, and those of a browser share the clipboard.
 */
export interface Lane {
  /** The workbench's server. */
  readonly server: string;
  /** Its data folder, which holds the settings and the logs. */
  readonly dataFolder: string;
  /** Where playwright connects to the browser. */
  readonly browser: string;
}

declare module "vitest" {
  interface ProvidedContext {
    lanes: readonly Lane[];
  }
}

/** Number of this worker's lane, from 0. */
export const laneNumber = (): number => Number(process.env.VITEST_POOL_ID) - 1;

/** The lane of the worker that runs this file. */
export function lane(): Lane {
  const found = inject("lanes")[laneNumber()];
  if (!found) throw new Error(`no server was started for worker ${process.env.VITEST_POOL_ID}`);
  return found;
}
