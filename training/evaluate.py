#!/usr/bin/env python3
"""Measures the specimen's models and keeps the figures for the card.

    evaluate.py chat                     the shipped GGUF through the real runtime, blind test items
    evaluate.py chat --checkpoint --split dev --items 60      a checkpoint while training goes on

The test items' results on a file go to training/record, from which `specimen-train card` writes the card; all others to
RUN_FOLDER/results.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", choices=["base", "chat", "idk", "think"])
    parser.add_argument("--checkpoint", action="store_true", help="run the checkpoint in PyTorch, not the GGUF file")
    parser.add_argument("--split", choices=["dev", "test"], default="test")
    parser.add_argument("--items", type=int, default=300)
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    from specimen import record, release
    from specimen.config import MODELS, SHIPPED, run_folder
    from specimen.engines import RuntimeEngine, TorchEngine
    from specimen.report import Depth, report, tokenizer_equality

    folder = run_folder() / "results"
    folder.mkdir(exist_ok=True)
    for model in arguments.models:
        started = time.monotonic()
        if arguments.checkpoint:
            engine = TorchEngine(SHIPPED[model])
        else:
            engine = RuntimeEngine(MODELS / f"specimen-{model}.gguf")
        results = report(engine, model, arguments.split, Depth(items=arguments.items))
        if isinstance(engine, RuntimeEngine):
            results["tokenizer"] = tokenizer_equality(engine, arguments.split)
            results["speed"] = engine.close()
            results["sha256"] = release.checksum(engine.file)
        results["engine"] = "checkpoint" if arguments.checkpoint else "gguf"
        if arguments.split == "test" and not arguments.checkpoint:
            record.write(f"evaluation-{model}", results)
        else:
            name = f"{model}.{arguments.split}.{results['engine']}.json"
            (folder / name).write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        for label, (right, total) in results["suite"].items():
            print(f"{label}: {right}/{total}")
        for label, row in results["people"].items():
            print(f"people seen {label}: {row}")
        print(f"{model}: {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
