import { render, type TemplateResult } from "lit";

/**
 * A place for a plot, drawn anew for the width it gets: text stays at its size, which a scaled viewBox would change.
 * The plot is plain SVG with attributes only, so that a strict policy lets it through.
 */
export class Plot extends HTMLElement {
  private drawer: (width: number) => TemplateResult | undefined = () => undefined;
  private width = 0;
  private readonly resize = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === this.width) return;
    this.width = width;
    this.redraw();
  });

  /** Draws for a width in CSS pixels. Set it anew whenever the numbers change. */
  set draw(drawer: (width: number) => TemplateResult | undefined) {
    this.drawer = drawer;
    this.redraw();
  }

  connectedCallback(): void {
    this.resize.observe(this);
  }

  disconnectedCallback(): void {
    this.resize.disconnect();
  }

  private redraw(): void {
    if (this.width > 0) render(this.drawer(this.width), this);
  }
}
