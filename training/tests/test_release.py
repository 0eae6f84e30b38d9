"""The shipped files are those that were released."""

from specimen.config import MODELS
from specimen.release import SUMS, check_sizes, sums


def test_sums_of_the_shipped_files():
    assert (MODELS / SUMS).read_text() == sums(MODELS)


def test_sizes_of_the_shipped_files():
    check_sizes(MODELS)
