"""Probes the character classes of tiktoken's regex engine and writes src/tokenizers/core/classes.generated.ts.

    pip install tiktoken==0.12.0 && python scripts/classes.py

Python's, JavaScript's and Rust's Unicode tables differ (by version; and U+0085 is white space in Rust alone, U+FEFF in
JavaScript alone), so the engine itself is asked about every code point.
"""
import os

import tiktoken

# Bits of src/tokenizers/core/unicode.ts.
CLASSES = [
    (r"\p{Lu}|\p{Lt}", 1),
    (r"\p{Ll}", 2),
    (r"\p{Lm}|\p{Lo}", 4),
    (r"\p{M}", 8),
    (r"\p{N}", 16),
    (r"\s", 32),
    (r"\p{P}|\p{S}", 192),
]
OTHER = 128
FLAT_END, SELECTORS = 0x34000, range(0xE0100, 0xE01F0)

BYTES = {bytes([i]): i for i in range(256)}


def matched(pattern: str) -> list[int]:
    encoding = tiktoken.Encoding(name="probe", pat_str=pattern, mergeable_ranks=BYTES, special_tokens={})
    found = []
    for block in range(0, 0x110000, 64):
        points = [p for p in range(block, block + 64) if not 0xD800 <= p < 0xE000]
        if points and encoding.encode_ordinary("".join(map(chr, points))):
            found += [p for p in points if encoding.encode_ordinary(chr(p))]
    return found


def main() -> None:
    table = bytearray(0x110000)
    for pattern, bits in CLASSES:
        for point in matched(pattern):
            assert table[point] == 0, hex(point)
            table[point] = bits
    letters = set(matched(r"\p{L}"))
    for point in range(0x110000):
        assert (table[point] in (1, 2, 4)) == (point in letters)
        if table[point] == 0 and not 0xD800 <= point < 0xE000:
            table[point] = OTHER
    table[10] = table[13] = 96
    for point in range(FLAT_END, 0x110000):
        assert table[point] == (8 if point in SELECTORS else OTHER), hex(point)

    runs, start = [], 0
    for point in range(1, FLAT_END + 1):
        if point == FLAT_END or table[point] != table[start]:
            runs.append((table[start], point - start))
            start = point
    data = bytearray()
    for value, length in runs:
        data.append(value)
        while length > 127:
            data.append(length & 127 | 128)
            length >>= 7
        data.append(length)
    here = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(here, "..", "src", "tokenizers", "core", "classes.generated.ts")
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(f"// Made by scripts/classes.py from tiktoken {tiktoken.__version__}: do not edit.\n")
        out.write("// Runs of one class from code point 0 on: the class's bits, then the length in LEB128.\n")
        out.write("// biome-ignore format: a table\n")
        out.write("export const classRuns = memory.data<u8>([\n")
        for i in range(0, len(data), 30):
            out.write("  " + ",".join(map(str, data[i : i + 30])) + ",\n")
        out.write("]);\n")
        out.write(f"export const classRunsLength: usize = {len(data)};\n")
    print(len(runs), "runs,", len(data), "bytes")


if __name__ == "__main__":
    main()
