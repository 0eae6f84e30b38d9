/** Sizes in UTF-16 units unless said; tests choose small ones. */
export interface DocumentSizes {
  /** What new blocks are cut to: one is split at twice that and joined with its neighbour under a quarter. Below 16,384. */
  readonly block: number;
  /** An edit whose window would be longer leaves its text to `fill`: a few milliseconds even for the slowest text. */
  readonly editWindow: number;
  /** First window of `fill`; later ones follow the speed measured, within these limits. */
  readonly slice: number;
  readonly minSlice: number;
  readonly maxSlice: number;
  /** From so many edits in one event on, encoding their whole range in slices is quicker than edit by edit. */
  readonly manyEdits: number;
}

export const DEFAULT_SIZES: DocumentSizes = {
  block: 4096,
  editWindow: 16_384,
  slice: 8192,
  minSlice: 2048,
  maxSlice: 65_536,
  manyEdits: 200,
};
