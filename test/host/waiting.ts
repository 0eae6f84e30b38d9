import assert from "node:assert/strict";

/** Waits until something holds; `missing` is what a failure says after `ms`. */
export async function waitFor(holds: () => unknown, missing: () => string, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !holds(); ) {
    if (Date.now() > end) assert.fail(missing());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
