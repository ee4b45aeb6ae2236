"""Vectors of many spans at once are those of each by itself."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.encoding import Encoding
from onrecord.resolve.vectors import mean_vector, mean_vectors


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=12), st.integers(0, 30), st.data()
)
def test_the_mean_of_each_span_is_the_same_alone_and_among_others(steps, start, data):
    pieces, at = [], 0
    for gap, length in steps:
        pieces.append((at + gap, at + gap + length))
        at += gap + length
    vectors = np.random.default_rng(len(pieces)).normal(size=(len(pieces), 4)).astype(np.float16)
    encoding = Encoding(np.array(pieces), vectors, {}, "a test")
    spans = [Span(start + i, start + i + data.draw(st.integers(1, 6))) for i in range(data.draw(st.integers(1, 8)))]
    for span, found in zip(spans, mean_vectors(encoding, spans), strict=True):
        alone = mean_vector(encoding, span)
        assert np.allclose(found, 0 if alone is None else alone, atol=1e-5)
