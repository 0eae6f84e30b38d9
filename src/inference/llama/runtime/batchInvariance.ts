import type { Decoder } from "./decoder";
import type { RowReader } from "./rowReader";
import type { Slot } from "./slots";

/**
 * Tries whether this build gives a row of logits the same numbers, bit by bit, alone and in company: a short prompt is
 * evaluated at once and then token by token, against in two parts and then together with copies of itself. llama.cpp's CPU
 * kernels for the common quantizations do; most GPU kernels differ in the last bits. Leaves the sequences empty.
 *
 * It is also the first run of the weights, so that the first real one is not the slow one.
 */
export async function isBatchInvariant(
  decoder: Decoder,
  rows: RowReader,
  sequences: number,
  vocabularySize: number,
): Promise<boolean> {
  const slots: Slot[] = Array.from({ length: Math.min(4, sequences) }, (_, sequence) => ({ sequence, cached: [] }));
  const tokens = Array.from({ length: 8 }, (_, index) => (index * 7919 + 17) % vocabularySize);
  const head = tokens.slice(0, -1);
  const last = { tokens: tokens.slice(-1), wanted: [0] };
  const [first] = slots;
  if (!first) return false;
  return decoder.turn(async () => {
    const read = async (row: number | undefined) => rows.raw(row!, 64);
    await decoder.decode([{ slot: first, tokens: head, wanted: [] }]);
    const [alone] = await decoder.decode([{ slot: first, ...last }]);
    const expected = await read(alone?.[0]);
    for (const slot of slots) {
      decoder.clear(slot);
      await decoder.decode([{ slot, tokens: head.slice(0, 4), wanted: [] }]);
      await decoder.decode([{ slot, tokens: head.slice(4), wanted: [] }]);
    }
    const together = await decoder.decode(slots.map((slot) => ({ slot, ...last })));
    const got = await Promise.all(together.map((each) => read(each[0])));
    for (const slot of slots) decoder.clear(slot);
    return got.every(
      ({ ids, logits, logWeight }) =>
        logWeight === expected.logWeight &&
        ids.every((id, index) => id === expected.ids[index] && logits[index] === expected.logits[index]),
    );
  });
}
