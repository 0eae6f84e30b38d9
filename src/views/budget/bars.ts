import { Uri } from "vscode";

/** Steps between an empty bar and a full one: half pixels of a 16-pixel icon. */
const steps = 32;
const colors = { dark: { bar: "#59A4F9", track: "#454545" }, light: { bar: "#1A6FD0", track: "#D3D3D3" } } as const;

/** A pair of icons, as TreeItem.iconPath takes it. */
export interface ThemedIcon {
  readonly light: Uri;
  readonly dark: Uri;
}

/** Icons that draw a share of one as a bar, made once for each step. What is not zero is at least one step. */
export class Bars {
  private readonly icons = new Map<number, ThemedIcon>();

  of(share: number): ThemedIcon {
    const step = Math.min(steps, Math.ceil(share * steps));
    const icon = this.icons.get(step) ?? { light: draw(step, "light"), dark: draw(step, "dark") };
    this.icons.set(step, icon);
    return icon;
  }
}

function draw(step: number, theme: "light" | "dark"): Uri {
  const { bar, track } = colors[theme];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">` +
    `<rect y="11" width="16" height="1" fill="${track}"/>` +
    `<rect y="5" width="${step / 2}" height="7" fill="${bar}"/></svg>`;
  return Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`);
}
