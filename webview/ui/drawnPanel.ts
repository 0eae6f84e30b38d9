import { render, type TemplateResult } from "lit";
import { messageOf } from "./errors";

/** What every panel does: it draws once a frame and says what went wrong. */
export abstract class DrawnPanel {
  /** An error nobody was waiting for. */
  failure: string | undefined;
  /** Said once to screen readers. */
  announcement = "";
  private drawing = false;

  constructor(readonly root: HTMLElement) {
    // On the document, so that keys work while nothing has the focus: as soon as the panel is open.
    document.addEventListener("keydown", (event) => this.keydown(event));
  }

  /** Shows an error of work nobody waits for. */
  watch(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.fail(error));
  }

  fail(error: unknown): void {
    this.failure = messageOf(error);
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

  /** A key that no list, table or field has taken. */
  protected keydown(_event: KeyboardEvent): void {}

  /** The page is in the document. */
  protected drawn(): void {}
}
