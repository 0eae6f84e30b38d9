import { ColorThemeKind, window } from "vscode";
import type { PaletteName } from "../surprisal/palette";

/** The palette of pictures for a kind of theme: they know no theme variables. */
export function paletteOf(theme: ColorThemeKind): PaletteName {
  switch (theme) {
    case ColorThemeKind.Light:
      return "light";
    case ColorThemeKind.HighContrast:
      return "highContrast";
    case ColorThemeKind.HighContrastLight:
      return "highContrastLight";
    case ColorThemeKind.Dark:
      return "dark";
  }
}

/** Of the theme in use. */
export function paletteName(): PaletteName {
  return paletteOf(window.activeColorTheme.kind);
}

export function isHighContrast(theme: ColorThemeKind): boolean {
  return theme === ColorThemeKind.HighContrast || theme === ColorThemeKind.HighContrastLight;
}
