// The pictures of the lesson "The edges of the cheese": tokens as the tokenizers cut them, the arithmetic of Wilson's
// interval on made-up counts, which are said to be an example, and a suite's own format.
const blue = "var(--vscode-charts-blue, #3794ff)";
const orange = "var(--vscode-charts-orange, #d18616)";
const ink = "var(--vscode-foreground, #808080)";
const mono = "var(--vscode-editor-font-family, monospace)";

/** Pictures by name; `draw` has the helpers of the other lessons' pictures. */
export function edgePictures(draw) {
  return {
    edgesGrid: gridPicture(draw),
    edgesTokens: draw.stripsPicture(
      ["strawberry", " strawberry", "s-t-r-a-w", "9.11", "9.9", "48213977", "90817264", "••••••••••••"],
      "What a model has before it (o200k_base); · is a space",
    ),
    edgesWays: waysPicture(draw),
    edgesOwn: ownPicture(draw),
  };
}

/** Rates of several suites, each with its interval. */
function gridPicture(draw) {
  const rows = [
    ["Letters in a word", 9],
    ["Sums of many digits", 2],
    ["9.11 and 9.9", 17],
    ["A fact, forward", 28],
    ["A fact, the other way round", 12],
    ["A pattern, six examples", 26],
  ];
  return rates(
    draw,
    rows.map(([name, right]) => ({ name, right, color: blue })),
    "An example: right of 30 cases, and what the true rate may be (95 %)",
  );
}

/** The same words asked in two ways. */
function waysPicture(draw) {
  const rows = [
    { name: "At once", right: 9, color: orange },
    { name: "Spelled out", right: 25, color: blue },
  ];
  return rates(draw, rows, "An example: the letters of the same 30 words, asked in two ways");
}

function rates({ label, svg }, rows, note) {
  const cases = 30;
  const z = 1.959963984540054;
  const x = (share) => 186 + share * 170;
  const height = 24 + rows.length * 28;
  const drawn = rows.flatMap(({ name, right, color }, index) => {
    const y = 34 + index * 28;
    const p = right / cases;
    const z2 = z ** 2 / cases;
    const centre = (p + z2 / 2) / (1 + z2);
    const half = Math.sqrt(p * (1 - p) * z2 + z2 ** 2 / 4) / (1 + z2);
    return [
      label(name, 0, y + 5),
      `<path d="M${x(centre - half).toFixed(1)} ${y}H${x(centre + half).toFixed(1)}" stroke="${color}" stroke-width="2"/>`,
      `<circle cx="${x(p).toFixed(1)}" cy="${y}" r="4" fill="${color}"/>`,
      label(`${right} of ${cases}`, 420, y + 5, { end: true }),
    ];
  });
  const axis = [0, 0.5, 1].flatMap((share) => [
    `<path d="M${x(share)} 16V${height}" stroke="${ink}" stroke-opacity=".2"/>`,
    label(String(share * 100), x(share), 10, { middle: true, muted: true, size: 11 }),
  ]);
  return svg(height + 30, [...axis, ...drawn, label(note, 0, height + 22, { muted: true })]);
}

/** Two cases of one's own, as the file holds them. */
function ownPicture({ label, svg, escapeXml }) {
  const lines = [
    '{"text": "What is our return period?",',
    ' "system": "You are the shop’s helper. …",',
    ' "reference": "30 days", "check": "says"}',
    '{"text": "red -> RED\\nblue ->",',
    ' "kind": "document",',
    ' "reference": "BLUE", "check": "exact"}',
  ];
  const written = lines.map(
    (line, row) =>
      `<text x="12" y="${24 + row * 20}" xml:space="preserve" font-family="${mono}" font-size="13" fill="${ink}">${escapeXml(line)}</text>`,
  );
  return svg(172, [
    `<rect x="0" y="0" width="420" height="140" rx="4" fill="none" stroke="${ink}" stroke-opacity=".3"/>`,
    ...written,
    label("my.suite.jsonl: a case a line (here broken for reading)", 0, 166, { muted: true }),
  ]);
}
