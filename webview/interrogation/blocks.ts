/** Lines of a text in one block. */
export const blockLines = 60;
/** Of a line that has not been drawn, CSS pixels. */
const lineHeight = 20;
/** How far beyond the view blocks are drawn. */
const margin = "800px";

/**
 * Which blocks of a long text are near the view: those far away are boxes of the height they had, so that a text of any
 * length costs what is seen of it. Lines wrap, so heights are not known before they were drawn.
 */
export class Blocks {
  private near = new Set<number>();
  private readonly heights = new Map<number, number>();
  private readonly elements = new Map<Element, number>();
  private readonly waiting = new Set<Element>();
  private observer: IntersectionObserver | undefined;

  constructor(private readonly changed: () => void) {}

  isNear(block: number): boolean {
    return this.near.has(block);
  }

  /** Of a block that is not drawn. */
  height(block: number, lines: number): number {
    return this.heights.get(block) ?? lines * lineHeight;
  }

  /** Follows a block's element, as soon as it stands in its text. */
  follow(element: Element, block: number): void {
    if (this.elements.get(element) === block) return;
    this.elements.set(element, block);
    this.waiting.add(element);
  }

  /** Watches what came into a text, which scrolls, with the last drawing. */
  watch(text: Element): void {
    if (this.waiting.size === 0) return;
    if (this.observer?.root !== text) {
      this.observer?.disconnect();
      this.observer = new IntersectionObserver((entries) => this.take(entries), { root: text, rootMargin: margin });
    }
    for (const element of this.waiting) this.observer.observe(element);
    this.waiting.clear();
  }

  /** Another text. */
  clear(): void {
    this.observer?.disconnect();
    this.observer = undefined;
    this.near = new Set();
    this.heights.clear();
    this.elements.clear();
    this.waiting.clear();
  }

  private take(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const block = this.elements.get(target);
      if (block === undefined) continue;
      if (isIntersecting) this.near.add(block);
      else if (this.near.delete(block)) this.heights.set(block, boundingClientRect.height);
    }
    this.changed();
  }
}
