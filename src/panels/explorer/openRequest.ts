/** What an "open" command asked for. */
export interface OpenRequest {
  readonly uri?: string | undefined;
  /** UTF-16 offset in the document up to which its text is the prompt. */
  readonly offset?: number | undefined;
  readonly modelId?: string | undefined;
  /** A token to go on with, as soon as the model has said what comes next. */
  readonly id?: number | undefined;
  readonly text?: string | undefined;
}
