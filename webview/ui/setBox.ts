import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

export interface Box {
  readonly top?: number;
  readonly height?: number;
}

/**
 * Puts an element at a height or a place, in CSS pixels. Set as properties from script: a strict policy lets through no
 * `style` attribute, which lit's own `styleMap` writes the first time.
 */
class SetBox extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("setBox stands on an element");
  }

  override render(_box: Box): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [{ top, height }]: [Box]): typeof noChange {
    const { style } = element as HTMLElement;
    if (top !== undefined) style.top = `${top}px`;
    if (height !== undefined) style.height = `${height}px`;
    return noChange;
  }
}

export const setBox = directive(SetBox);
