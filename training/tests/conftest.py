"""Puts the package on the path and keeps test runs out of the real run folder."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["PROMPTSCOPE_TRAINING_DIR"] = tempfile.mkdtemp(prefix="specimen-tests-")
