import { defineControls } from "./controls";
import { followRegionKeys } from "./regions";
import { acquireHost, type Host } from "./vscodeApi";

interface Panel {
  start(): Promise<void>;
  fail(error: unknown): void;
}

/** Puts a panel into its page and tells the host that it is there. To be called once. */
export function startPanel(make: (root: HTMLElement, host: Host) => Panel): void {
  defineControls();
  const root = document.getElementById("panel");
  if (!root) throw new Error("the page has no #panel");
  followRegionKeys(root);
  const panel = make(root, acquireHost());
  panel.start().catch((error: unknown) => panel.fail(error));
}
