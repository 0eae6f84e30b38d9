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

/** Colours of several series beside those of a picture. */
export interface SeriesTheme extends PictureTheme {
  /** Blue is step by step, orange answer first, violet and teal third and fourth; the last is for all others. */
  readonly series: readonly [string, string, string, string, string];
}

/** The light theme of the panels, for reports that are read anywhere. */
export const lightTheme: SeriesTheme = {
  background: "#FFFFFF",
  foreground: "#1F1F1F",
  muted: "#6B6B6B",
  rule: "#D9D9D9",
  bar: "#1A6FD0",
  accent: "#B45309",
  font: "system-ui, sans-serif",
  monospace: "ui-monospace, monospace",
  series: ["#1A6FD0", "#B45309", "#7E57C2", "#0B7A6B", "#6B6B6B"],
};
