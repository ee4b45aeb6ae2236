"""Growing numbers in few bits: they come back, what stands behind them too, and chance hashes take little more than they must."""

import math
import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link import gaps


@given(st.lists(st.integers(0, 2**24), max_size=60), st.binary(max_size=9))
def test_numbers_come_back_and_so_does_what_stands_behind_them(numbers, behind):
    found, rest = gaps.unpack(gaps.pack(np.array(numbers, np.int64)) + behind)
    assert (found.tolist(), rest) == (numbers, behind)


@given(st.integers(0, 40), st.integers(0, 2**24))
def test_one_wide_gap_among_small_ones_is_no_long_row_of_zeros(many, wide):
    packed = gaps.pack(np.array([0] * many + [wide], np.int64))
    assert len(packed) <= 8 + 4 * (many + 1)


def test_hashes_take_little_more_than_chance_asks_for():
    hashes = np.array(sorted(random.Random(7).sample(range(2**20), 160)), np.int64)
    least = math.log2(math.comb(2**20, 160)) / 8
    assert len(gaps.pack(np.diff(hashes, prepend=0))) < 1.05 * least + 4
