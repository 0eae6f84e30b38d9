// The pictures of the lesson "The loaded coin": arithmetic on one made-up distribution, which is said to be an example.
// No model's numbers stand in them, so that they stay true whichever model is built in.
const outcomes = [
  { text: " apples", p: 0.5 },
  { text: " oranges", p: 0.25 },
  { text: " eggs", p: 0.15 },
  { text: " peaches", p: 0.1 },
];
const hues = ["blue", "orange", "purple", "green"];
const steps = [
  { bits: 1, color: "#804800", alpha: 0.28 },
  { bits: 2, color: "#A65400", alpha: 0.37 },
  { bits: 4, color: "#BF5700", alpha: 0.47 },
  { bits: 6, color: "#E15800", alpha: 0.52 },
  { bits: 9, color: "#F9551A", alpha: 0.58 },
  { bits: 12, color: "#FC4B3D", alpha: 0.69 },
];
const blue = "var(--vscode-charts-blue, #3794ff)";
const ink = "var(--vscode-foreground, #808080)";
const mono = "var(--vscode-editor-font-family, monospace)";

/** Pictures by name; `draw` has the helpers of the other lessons' pictures. */
export function coinPictures(draw) {
  return {
    coinBits: bitsPicture(draw),
    coinExpected: expectedPicture(draw),
    coinDraws: drawsPicture(draw),
    coinTemperature: temperaturePicture(draw),
  };
}

/** n bits are n coins that all fall on the same side. */
function bitsPicture({ label, svg, number }) {
  const rows = steps.flatMap(({ bits, color, alpha }, index) => {
    const y = index * 34;
    const coins = Array.from(
      { length: bits },
      (_, coin) =>
        `<circle cx="${114 + coin * 15}" cy="${y + 13}" r="6" fill="none" stroke="${ink}" stroke-opacity=".7"/>`,
    );
    return [
      `<rect x="0" y="${y}" width="26" height="26" rx="2" fill="${color}" fill-opacity="${alpha}" stroke="${color}"/>`,
      label(`${bits} ${bits === 1 ? "bit" : "bits"}`, 38, y + 18),
      ...coins,
      label(`1 in ${number.format(2 ** bits)}`, 420, y + 18, { end: true }),
    ];
  });
  const note = "As surprising as so many coins that all fall heads";
  return svg(34 * steps.length + 20, [...rows, label(note, 0, 34 * steps.length + 12, { muted: true })]);
}

function expectedPicture({ label, svg, escapeXml }) {
  const rows = outcomes.flatMap(({ text, p }, index) => {
    const y = 44 + index * 30;
    return [
      code(text, 0, y + 17, escapeXml),
      `<rect x="96" y="${y + 4}" width="${(p * 400).toFixed(1)}" height="16" rx="2" fill="${blue}"/>`,
      label(percent(p), 356, y + 17, { end: true }),
      label(`${(-Math.log2(p)).toFixed(1)} bits`, 420, y + 17, { end: true, muted: true }),
    ];
  });
  const note = "An example. Rare is surprising: bits = −log2 of the probability";
  return svg(192, [
    code("Emily buys three", 0, 16, escapeXml),
    label("…and then?", 150, 16, { muted: true }),
    ...rows,
    label(note, 0, 184, { muted: true }),
  ]);
}

/** The same line cut by the probabilities, and three draws that fall on it. */
function drawsPicture({ label, svg }) {
  const draws = [
    { seed: 1, at: 0.32 },
    { seed: 2, at: 0.61 },
    { seed: 3, at: 0.94 },
  ];
  let from = 0;
  const cells = outcomes.flatMap(({ text, p }, index) => {
    const x = from * 420;
    from += p;
    const hue = `var(--vscode-charts-${hues[index]}, #808080)`;
    return [
      `<rect x="${x.toFixed(1)}" y="30" width="${(p * 420 - 2).toFixed(1)}" height="28" rx="2" fill="${hue}" fill-opacity=".3" stroke="${hue}"/>`,
      label(percent(p), (x + (p * 420 - 2) / 2).toFixed(1), 49, { middle: true, size: 12 }),
      ...(p >= 0.15
        ? [label(text.trim(), (x + (p * 420 - 2) / 2).toFixed(1), 22, { middle: true, size: 12, muted: true })]
        : []),
    ];
  });
  const rows = draws.flatMap(({ seed, at }, index) => {
    const y = 84 + index * 30;
    const hit = outcomes.find((_, place) => outcomes.slice(0, place + 1).reduce((sum, { p }) => sum + p, 0) > at);
    const x = at * 420;
    return [
      `<path d="M${x.toFixed(1)} ${y - 6}V62" stroke="${ink}" stroke-opacity=".5" stroke-dasharray="2 3"/>`,
      `<circle cx="${x.toFixed(1)}" cy="${y}" r="5" fill="${ink}"/>`,
      label(`seed ${seed}: ${hit.text.trim()}`, x > 300 ? x - 12 : x + 12, y + 5, { end: x > 300 }),
    ];
  });
  return svg(188, [
    ...cells,
    ...rows,
    label("An example: a draw falls on the line, and the seed says where", 0, 182, { muted: true }),
  ]);
}

/** softmax(ln p / T): what temperature does to the coin. */
function temperaturePicture({ label, svg, escapeXml }) {
  const temperatures = [0.5, 1, 2];
  const column = 112;
  const heads = temperatures.map((t, index) => label(`T = ${t}`, 96 + index * column, 14, { bold: true }));
  const rows = outcomes.flatMap(({ text }, index) => {
    const y = 26 + index * 30;
    const cells = temperatures.flatMap((t, place) => {
      const weights = outcomes.map(({ p }) => p ** (1 / t));
      const share = weights[index] / weights.reduce((sum, weight) => sum + weight, 0);
      const x = 96 + place * column;
      return [
        `<rect x="${x}" y="${y + 4}" width="${(share * 70).toFixed(1)}" height="16" rx="2" fill="${blue}"/>`,
        label(percent(share), x + 104, y + 17, { end: true, size: 12 }),
      ];
    });
    return [code(text, 0, y + 17, escapeXml), ...cells];
  });
  const note = "The same example: low loads the coin more, high evens it out";
  return svg(174, [...heads, ...rows, label(note, 0, 166, { muted: true })]);
}

function code(text, x, y, escapeXml) {
  return `<text x="${x}" y="${y}" font-family="${mono}" font-size="14" fill="${ink}">${escapeXml(text.replace(/^ /, "·"))}</text>`;
}

function percent(p) {
  return `${Math.round(p * 100)} %`;
}
