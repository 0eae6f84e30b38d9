// The pictures of the lesson "Models need tokens to think": made-up examples, which are said to be examples, and the
// arithmetic of Wilson's interval. No model's numbers stand in them, so that they stay true whichever model is built in.
const blue = "var(--vscode-charts-blue, #3794ff)";
const orange = "var(--vscode-charts-orange, #d18616)";
const ink = "var(--vscode-foreground, #808080)";
const mono = "var(--vscode-editor-font-family, monospace)";

/** Pictures by name; `draw` has the helpers of the other lessons' pictures. */
export function thinkingPictures(draw) {
  return {
    thinkingPasses: passesPicture(draw),
    thinkingArms: armsPicture(draw),
    thinkingSure: surePicture(draw),
    thinkingKnows: knowsPicture(draw),
  };
}

/** One pass of the model for each token: one for an answer at once, one for each token of the steps. */
function passesPicture({ label, svg, escapeXml }) {
  const rows = [
    { name: "Answer at once", color: orange, tokens: ["8"] },
    { name: "Step by step", color: blue, tokens: ["9-2", "=7.", "7+9", "=16.", "16-7", "=9.", "…", "8"] },
  ];
  const parts = rows.flatMap(({ name, color, tokens }, row) => {
    const y = 50 + row * 104;
    const cells = tokens.flatMap((token, index) => {
      const x = index * 53;
      return [
        `<path d="M${x + 23} ${y + 44}V${y + 34}" stroke="${color}" stroke-width="1.5"/>`,
        `<path d="M${x + 19} ${y + 38}l4 -5l4 5" fill="none" stroke="${color}" stroke-width="1.5"/>`,
        `<rect x="${x}" y="${y + 4}" width="46" height="26" rx="2" fill="${color}" fill-opacity=".22" stroke="${color}"/>`,
        code(token, x + 23, y + 22, escapeXml),
        `<rect x="${x}" y="${y + 46}" width="46" height="14" rx="2" fill="none" stroke="${ink}" stroke-opacity=".6"/>`,
      ];
    });
    const passes = tokens.length === 1 ? "one pass for everything" : "a pass for each token";
    return [label(name, 0, y - 6, { bold: true }), label(passes, 420, y - 6, { end: true, muted: true }), ...cells];
  });
  return svg(244, [
    label("Start with 9. Subtract 2. Add 9. Subtract 7 …", 0, 14),
    ...parts,
    label("A box below a token is one pass of the model: always the same work", 0, 238, { muted: true }),
  ]);
}

/** What the panel shows of one question. */
function armsPicture({ label, svg, escapeXml }) {
  const arms = [
    { name: "Answer at once", mark: "✗ 14", color: orange, lines: ["Answer: 14"], tokens: 4 },
    {
      name: "Step by step",
      mark: "✓ 8",
      color: blue,
      lines: ["9 - 2 = 7.", "7 + 9 = 16.", "16 - 7 = 9.", "…", "Answer: 8"],
      tokens: 46,
    },
  ];
  const parts = arms.flatMap(({ name, mark, color, lines, tokens }, index) => {
    const x = index * 216;
    return [
      `<rect x="${x}" y="0" width="204" height="156" rx="4" fill="none" stroke="${ink}" stroke-opacity=".3"/>`,
      `<circle cx="${x + 14}" cy="18" r="4" fill="${color}"/>`,
      label(name, x + 26, 23, { bold: true }),
      label(mark, x + 192, 23, { end: true }),
      ...lines.map((line, row) => code(line, x + 14, 52 + row * 20, escapeXml, "start")),
      label(`${tokens} tokens`, x + 192, 146, { end: true, muted: true, size: 11 }),
    ];
  });
  return svg(184, [...parts, label("An example: one question, one answer each", 0, 178, { muted: true })]);
}

/** Wilson's interval of a rate of 70 %, for more and more questions. */
function surePicture({ label, svg, number }) {
  const z = 1.959963984540054;
  const x = (share) => 120 + share * 216;
  const rows = [10, 30, 100, 300, 1000].flatMap((questions, index) => {
    const y = 30 + index * 28;
    const p = 0.7;
    const z2 = z ** 2 / questions;
    const centre = (p + z2 / 2) / (1 + z2);
    const half = Math.sqrt(p * (1 - p) * (z ** 2 / questions) + z2 ** 2 / 4) / (1 + z2);
    const [low, high] = [centre - half, centre + half];
    return [
      label(`${number.format(questions)} questions`, 0, y + 5),
      `<path d="M${x(low).toFixed(1)} ${y}H${x(high).toFixed(1)}" stroke="${blue}" stroke-width="2"/>`,
      `<circle cx="${x(p).toFixed(1)}" cy="${y}" r="4" fill="${blue}"/>`,
      label(`[${Math.round(low * 100)}, ${Math.round(high * 100)}]`, 420, y + 5, { end: true }),
    ];
  });
  const axis = [0, 0.5, 1].flatMap((share) => [
    `<path d="M${x(share)} 16V158" stroke="${ink}" stroke-opacity=".2"/>`,
    label(String(share * 100), x(share), 10, { middle: true, muted: true, size: 11 }),
  ]);
  return svg(186, [
    ...axis,
    ...rows,
    label("Seven in ten right, and what the true rate may be (95 %)", 0, 180, { muted: true }),
  ]);
}

/** The answer's probability after each step. */
function knowsPicture({ label, svg, escapeXml }) {
  const points = [
    ["before the first step", 0.1, 0.35],
    ["9 - 2 = 7.", 0.12, 0.3],
    ["7 + 9 = 16.", 0.2, 0.25],
    ["16 - 7 = 9.", 0.45, 0.15],
    ["9 + 2 = 11.", 0.8, 0.06],
    ["11 + 8 = 19. 19 - 11 = 8.", 0.98, 0.01],
  ];
  const x = (share) => 216 + share * 196;
  const y = (row) => 34 + row * 26;
  const line = (index, color) => {
    const path = points
      .map((point, row) => `${row === 0 ? "M" : "L"}${x(point[index]).toFixed(1)} ${y(row) - 5}`)
      .join("");
    const dots = points.map(
      (point, row) => `<circle cx="${x(point[index]).toFixed(1)}" cy="${y(row) - 5}" r="3.5" fill="${color}"/>`,
    );
    return [`<path d="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`, ...dots];
  };
  const axis = [0, 0.5, 1].flatMap((share) => [
    `<path d="M${x(share)} 16V${y(points.length - 1)}" stroke="${ink}" stroke-opacity=".2"/>`,
    label(String(share * 100), x(share), 10, { middle: true, muted: true, size: 11 }),
  ]);
  const names = points.map(([name], row) =>
    row === 0 ? label(name, 0, y(row), { muted: true }) : code(name, 0, y(row), escapeXml, "start"),
  );
  return svg(y(points.length) + 14, [
    ...axis,
    ...names,
    ...line(2, orange),
    ...line(1, blue),
    label("An example: % for the right answer (blue) and its rival (orange)", 0, y(points.length) + 8, { muted: true }),
  ]);
}

function code(text, x, y, escapeXml, anchor = "middle") {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-family="${mono}" font-size="13" fill="${ink}">${escapeXml(text)}</text>`;
}
