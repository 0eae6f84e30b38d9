import { barsSvg, treeSvg } from "../../src/experiments/explorer/pictures";
import type { PictureTheme } from "../../src/experiments/export/pictureTheme";
import { count } from "../ui/format";
import type { Derived } from "./derived";
import type { ExplorerState } from "./protocol";
import { stageTitle } from "./stageNames";

export interface PictureRequest {
  readonly of: "bars" | "tree";
  readonly format: "svg" | "png";
}

/** What is handed to the extension to be saved. */
export type Picture = PictureRequest &
  ({ readonly format: "svg"; readonly svg: string } | { readonly format: "png"; readonly png: Uint8Array });

/** Rows of the bars in a picture. */
const rows = 20;
/** A PNG has this many pixels for one of the picture's. */
const scale = 2;

/** The bars or the tree in the theme's colours; undefined while there is nothing to draw. */
export async function pictureOf(
  { of, format }: PictureRequest,
  { tree }: ExplorerState,
  derived: Derived | undefined,
): Promise<Picture | undefined> {
  const theme = themeColours();
  const svg =
    of === "tree"
      ? tree && tree.nodes.length > 1
        ? treeSvg(tree, { theme, pruned: "pruned" })
        : undefined
      : derived &&
        barsSvg(derived.distribution, derived.stages, {
          theme,
          rows,
          heading: ({ kind, setting }) => stageTitle(kind, setting),
          removed: "removed",
          others: othersName(derived),
        });
  if (svg === undefined) return undefined;
  return format === "svg" ? { of, format, svg } : { of, format, png: await rastered(svg) };
}

function othersName({ distribution }: Derived): string {
  const { entries, tailTokens } = distribution;
  const more = Math.max(0, entries.length - rows);
  return tailTokens === null ? "all others" : `${count(more + tailTokens)} others`;
}

/** The theme in use, as plain values: a saved picture has no variables. */
function themeColours(): PictureTheme {
  const style = getComputedStyle(document.body);
  const variable = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return {
    background: variable("--vscode-editor-background", "#ffffff"),
    foreground: variable("--vscode-foreground", "#000000"),
    muted: variable("--ps-e", "#6b6b6b"),
    rule: variable("--ps-axis", "#bdbdbd"),
    bar: variable("--ps-bar", "#5f93cf"),
    accent: variable("--ps-a", "#b45309"),
    font: variable("--vscode-font-family", "sans-serif"),
    monospace: variable("--vscode-editor-font-family", "monospace"),
  };
}

async function rastered(svg: string): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This window cannot draw pictures.");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The picture is too large for a PNG. Save it as SVG.");
  return new Uint8Array(await blob.arrayBuffer());
}
