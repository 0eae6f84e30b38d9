// Draws the walkthrough's pictures into media/walkthrough, with splits, ids and counts from the tokenizers that ship.
//   node scripts/lessonPictures.mjs            (after `npm run build`)
//   node scripts/lessonPictures.mjs --check    fails when a picture is not what would be drawn now
// The colours are the theme's: VS Code gives a walkthrough's SVG its colours as CSS variables.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { coinPictures } from "./coinPictures.mjs";
import { edgePictures } from "./edgePictures.mjs";
import { importTypeScript } from "./importTypeScript.mjs";
import { memoryPictures } from "./memoryPictures.mjs";
import { thinkingPictures } from "./thinkingPictures.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { loadTokenizer } = await importTypeScript("src/tokenizers/index.ts");
const { directorySource } = await importTypeScript("src/tokenizers/node/nodeSource.ts");
const source = directorySource(path.join(root, "dist"));
const load = (name) => loadTokenizer(name, source);
const o200k = await load("o200k_base");

const width = 420;
const hues = ["blue", "red", "purple", "green", "yellow"];
const ink = "var(--vscode-foreground, #808080)";
const muted = "var(--vscode-descriptionForeground, #808080)";
const mono = "var(--vscode-editor-font-family, monospace)";
const sans = "var(--vscode-font-family, sans-serif)";
const number = new Intl.NumberFormat("en-US");

const pictures = {
  tokens: tokensPicture(),
  strawberry: strawberryPicture(),
  languages: await languagesPicture(),
  numbers: numbersPicture(),
  whitespace: await whitespacePicture(),
  compare: await comparePicture(),
  budget: await budgetPicture(),
  ...coinPictures({ label, svg, number, escapeXml }),
  ...thinkingPictures({ label, svg, number, escapeXml }),
  ...memoryPictures({ label, svg }),
  ...edgePictures({ label, svg, escapeXml, stripsPicture }),
};

const folder = path.join(root, "media", "walkthrough");
await mkdir(folder, { recursive: true });
const stale = [];
for (const [name, svg] of Object.entries(pictures)) {
  const file = path.join(folder, `${name}.svg`);
  if (!process.argv.includes("--check")) await writeFile(file, svg);
  else if ((await readFile(file, "utf8").catch(() => "")) !== svg) stale.push(name);
}
if (stale.length > 0) {
  console.error(`Not up to date: ${stale.join(", ")}. Run: node scripts/lessonPictures.mjs`);
  process.exitCode = 1;
}

function tokensPicture() {
  const text = "A market stall packs persimmons.";
  const { ids } = o200k.encode(text);
  const list = [...ids].map(String);
  return svg(222, [
    label("You write:", 0, 16),
    `<text x="0" y="44" font-family="${mono}" font-size="14" fill="${ink}">${escapeXml(text)}</text>`,
    label("The tokenizer cuts it into pieces:", 0, 84),
    ...strip(text, 0, 96, { ids: false }),
    label("The model gets their numbers, and nothing else:", 0, 156),
    `<text x="0" y="184" font-family="${mono}" font-size="14" fill="${ink}">${escapeXml(list.join("  "))}</text>`,
    label(`${list.length} tokens (o200k_base, as GPT-4o has it); · is a space`, 0, 218, { muted: true }),
  ]);
}

function strawberryPicture() {
  const words = ["strawberry", " strawberry", "Strawberry", "STRAWBERRY", "s-t-r-a-w-b-e-r-r-y"];
  return stripsPicture(words, "Numbers under the tokens are their ids (o200k_base); · is a space");
}

function numbersPicture() {
  const texts = ["7", "77", "777", "7777", "77777", "1234567", "1,234,567", "3.14159265", "9.11 and 9.9"];
  return stripsPicture(texts, "Digits are cut in threes from the left (o200k_base); · is a space");
}

/** One row for each text: its tokens with their ids, and how many there are. */
function stripsPicture(texts, note) {
  const rowHeight = 46;
  const rows = texts.flatMap((text, row) => {
    const count = o200k.count(text);
    const y = row * rowHeight;
    return [...strip(text, 0, y, { ids: true }), label(plural(count), width, y + 18, { end: true })];
  });
  return svg(texts.length * rowHeight + 20, [...rows, label(note, 0, texts.length * rowHeight + 12, { muted: true })]);
}

/** The first sentence of the Universal Declaration of Human Rights, from the sample's lesson. */
async function languagesPicture() {
  const lesson = await sample("texts/languages.md");
  const rows = [...lesson.matchAll(/^- \*\*(.+?)\*\* (.+)$/gm)].map(([, name, text]) => ({
    name,
    value: o200k.count(text),
    detail: `${number.format([...text].length)} characters`,
  }));
  const note = "Tokens of the same sentence (o200k_base)";
  return barsPicture(rows, note);
}

async function whitespacePicture() {
  const lesson = await sample("texts/whitespace.md");
  const blocks = [...lesson.matchAll(/```json\n(.*?)```/gs)].map(([, block]) => block);
  const names = ["One line", "2 spaces", "8 spaces", "Tabs"];
  if (blocks.length !== names.length) throw new Error(`whitespace.md holds ${blocks.length} blocks of JSON`);
  const rows = blocks.map((block, index) => ({
    name: names[index],
    value: o200k.count(block),
    detail: `${number.format(block.length)} characters`,
  }));
  return barsPicture(rows, "The same JSON, indented in four ways (o200k_base)");
}

async function comparePicture() {
  const [prompt, languages, code] = await Promise.all(
    ["prompts/word-problems.md", "texts/languages.md", "code/sampler.ts"].map(sample),
  );
  const tokenizers = ["o200k_base", "cl100k_base", "qwen2.5", "deepseek-v3", "r50k_base"];
  const loaded = await Promise.all(tokenizers.map(load));
  const groups = [
    ["An English prompt", prompt],
    ["Twelve languages", languages],
    ["TypeScript", code],
  ];
  const rows = groups.flatMap(([name, text]) => [
    { heading: name },
    ...loaded.map((tokenizer, index) => ({ name: tokenizers[index], value: tokenizer.count(text) })),
  ]);
  return barsPicture(rows, "Tokens of three files of the sample workspace");
}

async function budgetPicture() {
  const base = path.join(root, "media", "sample-workspace");
  const rows = [];
  for (const name of ["data", "prompts", "texts", "code", "chats"]) {
    const files = await readdir(path.join(base, name));
    const texts = await Promise.all(files.map((file) => sample(`${name}/${file}`)));
    const value = texts.reduce((sum, text) => sum + o200k.count(text), 0);
    rows.push({ name: `${name}/`, value, detail: `${((value / 128_000) * 100).toFixed(1)} % of 128,000` });
  }
  rows.sort((a, b) => b.value - a.value);
  return barsPicture(rows, "Folders of the sample workspace, in tokens (o200k_base)");
}

/** Rows of a name, a bar and a number, with headings between; bars start at zero and share one scale. */
function barsPicture(rows, note) {
  const left = 96;
  const room = width - left - 176;
  const most = Math.max(...rows.map(({ value = 0 }) => value));
  let y = 0;
  const parts = [];
  for (const { heading, name, value, detail } of rows) {
    if (heading) {
      y += parts.length === 0 ? 0 : 10;
      parts.push(label(heading, 0, y + 16, { bold: true }));
    } else {
      const length = Math.max(2, (value / most) * room).toFixed(1);
      parts.push(
        label(name, 0, y + 16),
        `<rect x="${left}" y="${y + 5}" width="${length}" height="14" rx="2" fill="var(--vscode-charts-blue, #3794ff)"/>`,
        label(number.format(value), left + room + 58, y + 16, { end: true }),
        ...(detail ? [label(detail, width, y + 16, { end: true, muted: true })] : []),
      );
    }
    y += 26;
  }
  return svg(y + 24, [...parts, label(note, 0, y + 16, { muted: true })]);
}

/** A text's tokens as cells side by side, spaces drawn as middle dots, ids under them. */
function strip(text, x, y, { ids: withIds }) {
  const { ids, offsets } = o200k.encode(text);
  const parts = [];
  let left = x;
  for (const [index, id] of [...ids].entries()) {
    const shown = text.slice(offsets[index], offsets[index + 1]).replaceAll(" ", "·");
    const textWidth = shown.length * 8.4;
    const cell = Math.max(textWidth + 8, withIds ? String(id).length * 6 + 6 : 0);
    const hue = `var(--vscode-charts-${hues[index % hues.length]}, #808080)`;
    const middle = (left + cell / 2).toFixed(1);
    parts.push(
      `<rect x="${left.toFixed(1)}" y="${y}" width="${cell.toFixed(1)}" height="26" rx="2" fill="${hue}" fill-opacity=".22" stroke="${hue}" stroke-opacity=".8"/>`,
      `<text x="${middle}" y="${y + 18}" text-anchor="middle" textLength="${textWidth.toFixed(1)}" lengthAdjust="spacingAndGlyphs" font-family="${mono}" font-size="14" fill="${ink}">${escapeXml(shown)}</text>`,
    );
    if (withIds) parts.push(label(String(id), middle, y + 38, { muted: true, middle: true, size: 10 }));
    left += cell + 3;
  }
  return parts;
}

function label(text, x, y, { end, middle, muted: quiet, bold, size = 13 } = {}) {
  const anchor = end ? ` text-anchor="end"` : middle ? ` text-anchor="middle"` : "";
  const weight = bold ? ` font-weight="600"` : "";
  return `<text x="${x}" y="${y}"${anchor}${weight} font-family="${sans}" font-size="${size}" fill="${quiet ? muted : ink}">${escapeXml(text)}</text>`;
}

function svg(height, parts) {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 ${width + 4} ${height + 4}" width="${width}" height="${height}">`;
  return `${open}\n${parts.map((part) => `  ${part}\n`).join("")}</svg>\n`;
}

function sample(file) {
  return readFile(path.join(root, "media", "sample-workspace", file), "utf8");
}

function plural(count) {
  return `${number.format(count)} ${count === 1 ? "token" : "tokens"}`;
}

function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
