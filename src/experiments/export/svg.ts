/** An attribute's or child's value; texts of models are escaped, never trusted. */
type Value = string | number;

/** One SVG element as text. Children are elements made here, or `text(...)`. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  ...children: readonly string[]
): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return children.length === 0
    ? `<${name}${given.join("")}/>`
    : `<${name}${given.join("")}>${children.join("")}</${name}>`;
}

/** A text child. */
export function text(content: string): string {
  return escaped(content);
}

/** The whole picture, which names itself for those who cannot see it. */
export function picture(
  width: number,
  height: number,
  title: string,
  background: string,
  ...children: readonly string[]
): string {
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", role: "img", ...size },
    element("title", {}, text(title)),
    element("rect", { width: "100%", height: "100%", fill: background }),
    ...children,
  );
}

/** Escapes markup and drops what XML 1.0 cannot hold (control characters, lone surrogates become U+FFFD). */
function escaped(content: string): string {
  return (
    content
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD")
      .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
