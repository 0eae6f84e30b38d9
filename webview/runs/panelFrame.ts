import type { Args, Contract, Remote } from "../../src/rpc/rpc";
import { DrawnPanel } from "../ui/drawnPanel";
import type { Busy } from "./state";

/** Quick answers come without a progress bar, which would only flash; milliseconds. */
const busyMs = 250;

/** What the panels that ask models do alike: call the extension, follow the room they have, show what takes long. */
export abstract class PanelFrame<HostContract extends Contract> extends DrawnPanel {
  /** What is being done takes long enough to be shown. */
  showsBusy = false;
  /** Room for the page, CSS pixels. */
  width = 0;

  abstract readonly host: Remote<HostContract>;
  private busyTimer: number | undefined;

  constructor(root: HTMLElement) {
    super(root);
    new ResizeObserver(([entry]) => {
      this.width = entry?.contentRect.width ?? 0;
      this.draw();
    }).observe(root);
  }

  /** Calls the extension; an error is shown in the page. */
  do<K extends keyof HostContract & string>(method: K, ...args: Args<HostContract[K]>): void {
    this.failure = undefined;
    this.watch(this.host.call(method, ...args));
  }

  /** Follows what is being done: shown after a while, gone at once. */
  protected followBusy(busy: Busy | null): void {
    if (busy) {
      this.busyTimer ??= window.setTimeout(() => {
        this.showsBusy = true;
        this.draw();
      }, busyMs);
      return;
    }
    clearTimeout(this.busyTimer);
    this.busyTimer = undefined;
    this.showsBusy = false;
  }
}
