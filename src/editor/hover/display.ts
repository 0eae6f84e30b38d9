const named: Readonly<Record<string, string>> = {
  "\n": "⏎",
  "\r": "␍",
  "\t": "→",
  "\u00a0": "⍽",
  "\ufeff": "⟨U+FEFF⟩",
};

/**
 * A token's text to be seen: spaces as ·, line ends as ⏎, other characters without a shape of their own as ⟨U+200B⟩.
 * Letters, marks and emoji stay.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n/g, "⏎")
    .replace(/ /g, "·")
    .replace(
      /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\ufeff]|(?<!\p{Emoji})[\p{Cf}](?!\p{Emoji})/gu,
      (character) => named[character] ?? codePoint(character),
    )
    .replace(/^\p{M}/u, (mark) => `◌${mark}`);
}

/** Bytes in hex: "69 6D 6D". Of very long ones only the first. */
export function hexBytes(bytes: Uint8Array, most = 32): string {
  const hex = [...bytes.subarray(0, most)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
  return bytes.length > most ? `${hex} …` : hex;
}

/** Longer texts are cut in their middle. */
export function shortened(text: string, most = 40): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${characters.slice(0, half).join("")}…${characters.slice(-half).join("")}`;
}

function codePoint(character: string): string {
  return `⟨U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
