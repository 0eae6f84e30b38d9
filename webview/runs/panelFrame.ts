import { render, type TemplateResult } from "lit";
import type { Args, Contract, Remote } from "../../src/rpc/rpc";
import type { Busy } from "./state";

/** Quick answers come without a progress bar, which would only flash; milliseconds. */
const busyMs = 250;

/** What the panels of all experiments do alike: draw once a frame, call the extension, say what went wrong, show what takes long. */
export abstract class PanelFrame<HostContract extends Contract> {
  /** An error nobody was waiting for. */
  failure: string | undefined;
  /** What is being done takes long enough to be shown. */
  showsBusy = false;
  /** Said once to screen readers. */
  announcement = "";
  /** Room for the page, CSS pixels. */
  width = 0;

  abstract readonly host: Remote<HostContract>;
  private busyTimer: number | undefined;
  private drawing = false;

  constructor(readonly root: HTMLElement) {
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

  /** Shows an error of work nobody waits for. */
  watch(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.fail(error));
  }

  fail(error: unknown): void {
    this.failure = error instanceof Error ? error.message : String(error);
    this.draw();
  }

  announce(text: string): void {
    this.announcement = text;
    this.draw();
  }

  /** Draws the page anew with the next frame. */
  draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      render(this.page(), this.root);
      this.drawn();
    });
  }

  /** The whole page. */
  protected abstract page(): TemplateResult;

  /** The page is in the document. */
  protected drawn(): void {}

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
