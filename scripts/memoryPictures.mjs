// The pictures of the lesson "Memory and making up": made-up examples, which are said to be examples. No model's numbers
// stand in them, so that they stay true whichever model is built in.
const blue = "var(--vscode-charts-blue, #3794ff)";
const orange = "var(--vscode-charts-orange, #d18616)";
const ink = "var(--vscode-foreground, #808080)";

/** Pictures by name; `draw` has the helpers of the other lessons' pictures. */
export function memoryPictures(draw) {
  return {
    memorySame: samePicture(draw),
    memoryMeanings: meaningsPicture(draw),
    memoryControls: controlsPicture(draw),
    memoryBook: bookPicture(draw),
  };
}

/** Two answers in the same tone, of which one is memory. */
function samePicture({ label, svg }) {
  const rows = [
    { color: blue, asked: "Who is Jane Austen?", said: "Jane Austen was an English novelist.", about: "read often" },
    { color: orange, asked: "Who is Perrin Oldacre?", said: "Perrin Oldacre was a Welsh painter.", about: "nobody" },
  ];
  const parts = rows.flatMap(({ color, asked, said, about }, row) => {
    const y = row * 84;
    return [
      `<circle cx="5" cy="${y + 9}" r="4" fill="${color}"/>`,
      label(asked, 18, y + 14, { bold: true }),
      label(about, 420, y + 14, { end: true, muted: true }),
      `<path d="M18 ${y + 28}V${y + 60}" stroke="${color}" stroke-width="2"/>`,
      label(said, 30, y + 49),
    ];
  });
  return svg(186, [...parts, label("An example: the same tone, whether it knows or not", 0, 180, { muted: true })]);
}

/** Ten answers to each, by what they mean. */
function meaningsPicture({ label, svg }) {
  const groups = [
    { name: "Jane Austen", color: blue, meanings: [["a novelist", 10]] },
    {
      name: "Perrin Oldacre",
      color: orange,
      meanings: [
        ["a painter", 4],
        ["a politician", 3],
        ["a cricketer", 2],
        ["a chemist", 1],
      ],
    },
  ];
  let y = 12;
  const parts = groups.flatMap(({ name, color, meanings }) => {
    const head = label(name, 0, y, { bold: true });
    const rows = meanings.flatMap(([meaning, count], row) => {
      const at = y + 24 + row * 24;
      const squares = Array.from(
        { length: count },
        (_, index) =>
          `<rect x="${130 + index * 20}" y="${at - 12}" width="15" height="15" rx="2" fill="${color}" fill-opacity=".7"/>`,
      );
      return [label(meaning, 18, at), ...squares, label(String(count), 420, at, { end: true })];
    });
    y += 24 * (meanings.length + 1) + 16;
    return [head, ...rows];
  });
  return svg(y + 12, [
    ...parts,
    label("An example: ten answers each, put together by meaning", 0, y + 6, { muted: true }),
  ]);
}

/** A score between those of known and of invented names. */
function controlsPicture({ label, svg }) {
  const x = (bits) => 20 + (bits / 3.3) * 380;
  const known = [0, 0, 0.2, 0.3, 0.5, 0.7];
  const invented = [1.6, 1.9, 2.1, 2.4, 2.5, 2.9];
  const dots = (values, y, color) =>
    values.map((bits) => `<circle cx="${x(bits).toFixed(1)}" cy="${y}" r="5" fill="${color}" fill-opacity=".6"/>`);
  const axis = [0, 1, 2, 3].flatMap((bits) => [
    `<path d="M${x(bits).toFixed(1)} 96v6" stroke="${ink}"/>`,
    label(String(bits), x(bits), 116, { middle: true, muted: true, size: 11 }),
  ]);
  return svg(160, [
    label("names it knows well", 20, 24, { size: 12 }),
    ...dots(known, 44, blue),
    label("invented names", 400, 24, { size: 12, end: true }),
    ...dots(invented, 70, orange),
    `<path d="M20 96H400" stroke="${ink}"/>`,
    ...axis,
    `<path d="M${x(2.2).toFixed(1)} 34V96" stroke="${ink}" stroke-width="2"/>`,
    label("this one", x(2.2) - 6, 92, { end: true, bold: true, size: 12 }),
    label("bits of semantic entropy", 400, 134, { end: true, muted: true, size: 11 }),
    label("An example: a score alone means nothing; between its controls it does", 0, 156, { muted: true }),
  ]);
}

/** From memory, and with the page in front of it. */
function bookPicture({ label, svg }) {
  const rows = [
    {
      name: "From memory",
      color: orange,
      lines: ["1902 · 1871 · 1888 · 1920 · 1846"],
      about: "five answers, five years",
    },
    { name: "With the page", color: blue, lines: ["1871 · 1871 · 1871 · 1871 · 1871"], about: "reads it there" },
    { name: "With a changed page", color: blue, lines: ["1879 · 1879 · 1879 · 1879 · 1879"], about: "the page wins" },
  ];
  const parts = rows.flatMap(({ name, color, lines, about }, row) => {
    const y = row * 56;
    return [
      `<circle cx="5" cy="${y + 9}" r="4" fill="${color}"/>`,
      label(name, 18, y + 14, { bold: true }),
      label(about, 420, y + 14, { end: true, muted: true }),
      label(lines[0], 18, y + 38),
    ];
  });
  return svg(192, [...parts, label("An example: when was the harbour office built?", 0, 186, { muted: true })]);
}
