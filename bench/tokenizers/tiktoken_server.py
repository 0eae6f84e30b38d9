"""Encodes the files named on standard input, one a line, and answers with seconds and tokens as JSON."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "test", "fixtures", "tiktoken"))
from offline_encodings import encoding  # noqa: E402

encode = encoding(sys.argv[1]).encode_ordinary
texts: dict[str, str] = {}
for line in sys.stdin:
    path = line.rstrip("\n")
    if path and path not in texts:
        with open(path, encoding="utf-8", newline="") as file:
            texts[path] = file.read()
    text = texts.get(path, "")
    start = time.perf_counter()
    tokens = len(encode(text))
    print(json.dumps({"seconds": time.perf_counter() - start, "tokens": tokens}), flush=True)
