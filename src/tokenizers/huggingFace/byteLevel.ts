/**
 * The alphabet of byte-level BPE: one printable character for each byte. Bytes that print stand for themselves, the
 * others for U+0100 and up in order (GPT-2, `bytes_to_unicode` of openai/gpt-2 encoder.py).
 */
const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = alphabet();

/** The bytes a byte-level token's text stands for; undefined when a character is not of the alphabet. */
export function byteLevelBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = BYTE_OF_CHARACTER.get(text.charAt(i));
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

function alphabet(): Map<string, number> {
  const map = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const prints = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    map.set(String.fromCharCode(prints ? byte : next++), byte);
  }
  return map;
}
