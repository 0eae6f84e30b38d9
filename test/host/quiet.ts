import assert from "node:assert/strict";
import type { Log } from "../../src/platform/log";

/** A log for parts under test that meet errors on purpose. */
export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  timed: (_message, work) => work(),
  show: () => undefined,
};

/** A log for parts under test that are to log no error. */
export const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message, error) => assert.fail(`${message}: ${error}`),
  timed: (_message, work) => work(),
  show: () => undefined,
};
