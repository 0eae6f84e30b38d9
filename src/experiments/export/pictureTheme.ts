/** Colours and fonts that a picture is drawn with, as plain CSS values: a saved picture has no variables. */
export interface PictureTheme {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly rule: string;
  readonly bar: string;
  readonly accent: string;
  /** Families without double quotes are safest; they are escaped all the same. */
  readonly font: string;
  readonly monospace: string;
}
