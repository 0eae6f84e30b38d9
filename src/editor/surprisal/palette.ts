/** Colours of one kind of theme for what is drawn as a picture: hovers and tree icons know no theme variables. */
export interface Palette {
  /** Fills of steps 1 to 6, as the contributed colours have them. */
  readonly steps: readonly string[];
  readonly text: string;
  readonly axis: string;
  readonly bar: string;
  /** Steps are outlined instead of filled. */
  readonly outlined: boolean;
}

export type PaletteName = "dark" | "light" | "highContrast" | "highContrastLight";

const darkSteps = ["#80480047", "#A654005E", "#BF570078", "#E1580085", "#F9551A94", "#FC4B3DB0"];
const lightSteps = ["#F9B51233", "#FF9C065C", "#FF890280", "#FF75049E", "#FC620CB8", "#F25321D1"];

export const palettes: Readonly<Record<PaletteName, Palette>> = {
  dark: { steps: darkSteps, text: "#CCCCCC", axis: "#6E6E6E", bar: "#59A4F9", outlined: false },
  light: { steps: lightSteps, text: "#3B3B3B", axis: "#8E8E8E", bar: "#1A6FD0", outlined: false },
  highContrast: {
    steps: ["#A35F00", ...Array.from({ length: 5 }, () => "#FFB454")],
    text: "#FFFFFF",
    axis: "#D4D4D4",
    bar: "#5CB8FF",
    outlined: true,
  },
  highContrastLight: {
    steps: ["#A35F00", ...Array.from({ length: 5 }, () => "#8A3B00")],
    text: "#292929",
    axis: "#6B6B6B",
    bar: "#0F4A85",
    outlined: true,
  },
};
