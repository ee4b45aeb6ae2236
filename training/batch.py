"""A batch: paragraphs as tensors, with what is to be learned of every piece and of every cue as distributions.

What a person marked is a distribution with everything in one place; what the teacher thinks (`Soft`, see teach.py) is
mixed into it, and stands alone where nobody marked anything: inside contents, and in texts without labels.
"""

from dataclasses import dataclass

import numpy as np
import torch
from data import CLS, SEP, Para

from onrecord.encode import features

MASK = 103
PARTS = ("row", "inside", "here", "far", "same", "roles", "start", "end", "begins", "stops")


@dataclass(frozen=True)
class Reading:
    """How one cue reads a paragraph of n pieces.

    roles [n, 3]: nothing, source, content; first, last [n + 1]: where the source starts and ends, in the last place that
    there is none; begins, stops [n]: whether a content starts or ends there.
    """

    roles: np.ndarray
    first: np.ndarray
    last: np.ndarray
    begins: np.ndarray
    stops: np.ndarray

    def mixed(self, other: "Reading", share: float) -> "Reading":
        """A `share` of this reading and the rest of the other."""
        return Reading(*(share * a + (1 - share) * b for a, b in zip(self.all(), other.all(), strict=True)))

    def all(self) -> tuple[np.ndarray, ...]:
        return self.roles, self.first, self.last, self.begins, self.stops


@dataclass(frozen=True)
class Soft:
    """What the teacher thinks of a paragraph: tags [n, 6], a cue at the top O B I and at any depth O B I; cues by place."""

    tags: np.ndarray
    cues: dict[tuple[int, int], Reading]


def agreed(thoughts: list[Soft]) -> Soft:
    """The mean of what several teachers think of one paragraph; a cue as those read it who see it, where two overlap the
    one that more see (Lakshminarayanan et al. 2017: the mean of chances is better calibrated than any of them).
    """
    tags = np.mean([thought.tags.astype(np.float32) for thought in thoughts], axis=0)
    seen: dict[tuple[int, int], list[Reading]] = {}
    for thought in thoughts:
        for place, reading in thought.cues.items():
            seen.setdefault(place, []).append(reading)
    cues: dict[tuple[int, int], Reading] = {}
    for place, found in sorted(seen.items(), key=lambda item: -len(item[1])):
        if not any(place[0] < end and start < place[1] for start, end in cues):
            parts = zip(*(reading.all() for reading in found), strict=True)
            cues[place] = Reading(*(np.mean(part, axis=0, dtype=np.float32).astype(np.float16) for part in parts))
    return Soft(tags.astype(np.float16), cues)


def collate(paras: list[Para], hide: float = 0.0, rng=None, trust: float = 0.5):
    """Tensors of a batch of paragraphs; `trust` is the share of a person's mark where the teacher has a say too.

    In every second paragraph a share `hide` of the pieces is masked, so that no single word decides.
    Gives ids, features, mask; tags [b, n, 6], their weights [b, n, 2], roles [b, n] without a cue; and for every cue
    PARTS, None where there is none.
    """
    n = max(len(p.ids) for p in paras) + 2
    B = len(paras)
    ids = np.zeros((B, n), np.int64)
    feats = np.zeros((B, n, 3), np.int64)
    mask = np.zeros((B, n), bool)
    tags, weights = np.zeros((B, n, 6), np.float32), np.zeros((B, n, 2), np.float32)
    role = np.full((B, n), -1, np.int64)
    q: dict[str, list] = {k: [] for k in PARTS}
    for b, p in enumerate(paras):
        m = len(p.ids)
        ids[b, 0], ids[b, 1 : m + 1], ids[b, m + 1] = CLS, p.ids, SEP
        feats[b, 1 : m + 1] = p.feats
        if hide and rng.random() < 0.5:
            hidden = np.array([rng.random() < hide for _ in range(m)])
            ids[b, 1 : m + 1][hidden] = MASK
        mask[b, : m + 2] = True
        share = trust if p.trust is None else p.trust
        tags[b, 1 : m + 1], weights[b, 1 : m + 1] = told(p, share)
        if p.labelled:
            role[b, 1 : m + 1] = by_hand(p)
        found = cues(p, share)
        if not found:
            continue
        quote = feats[b, :, 1]
        starts, ends = (np.array([place[k] for place, _ in found]) + 1 for k in (0, 1))
        far, same = features.relations(quote, features.quote_segments(quote), starts, ends)
        for c, ((a, e), read) in enumerate(found):
            inside, here = np.zeros(n, np.float32), np.zeros(n, np.float32)
            inside[1 + a : 1 + e] = 1 / (e - a)
            here[1 : m + 1] = 1
            source = (chosen(read.first, n), chosen(read.last, n))
            content = (placed(read.begins, n), placed(read.stops, n))
            rows = (b, inside, here, far[c], same[c], placed(read.roles, n), *source, *content)
            for k, v in zip(PARTS, rows, strict=True):
                q[k].append(v)
    t = torch.from_numpy
    asked = {k: t(np.array(v, np.int64 if k in ("row", "far", "same") else np.float32)) for k, v in q.items()}
    return t(ids), t(feats), t(mask), t(tags), t(weights), t(role), asked if q["row"] else None


def placed(part: np.ndarray, n: int) -> np.ndarray:
    """What is said of the pieces of a paragraph, moved to where they stand in a row of n, behind the start mark."""
    out = np.zeros((n, *part.shape[1:]), np.float32)
    out[1 : len(part) + 1] = part
    return out


def chosen(part: np.ndarray, n: int) -> np.ndarray:
    """The same for a choice of one piece or none: "none" goes to place n."""
    return np.append(placed(part[:-1], n), np.float32(part[-1]))


def told(p: Para, trust: float) -> tuple[np.ndarray, np.ndarray]:
    """The tags of a paragraph's pieces [m, 6] and how much they count [m, 2], at the top and at any depth."""
    m = len(p.ids)
    own, counts = np.zeros((m, 6), np.float32), np.zeros((m, 2), np.float32)
    if p.labelled:
        counts[:] = 1
        own[:, 0] = own[:, 3] = 1
        for s, e in p.masked:
            counts[s:e, 1] = 0
        for (a, e), _, top in p.cues:
            for low in (0, 3) if top else (3,):
                own[a:e, low : low + 3] = 0
                own[a, low + 1] = 1
                own[a + 1 : e, low + 2] = 1
            counts[a:e, 1] = 1
    if p.soft is None:
        return own, counts
    share = np.repeat(counts * trust, 3, axis=1)
    return own * share + p.soft.tags * (1 - share), np.ones((m, 2), np.float32)


def by_hand(p: Para) -> np.ndarray:
    """The role of every piece in the statements at the top, without saying in which: nothing, source, cue, content."""
    out = np.zeros(len(p.ids), np.int64)
    for (a, e), parts, top in p.cues:
        if top:
            for k, v in (("C", 3), ("S", 1)):
                for s, t in parts[k]:
                    out[s:t] = v
            out[a:e] = 2
    return out


def cues(p: Para, trust: float) -> list[tuple[tuple[int, int], Reading]]:
    """The cues of a paragraph with how each reads it: those marked, and those that the teacher sees beside them."""
    soft = dict(p.soft.cues) if p.soft else {}
    found = []
    for place, parts, _ in p.cues:
        read, also = one_hot(len(p.ids), parts), soft.pop(place, None)
        found.append((place, read if also is None else read.mixed(also, trust)))
    marked = [place for place, *_ in p.cues]
    return found + [(at, read) for at, read in soft.items() if not any(at[0] < t and s < at[1] for s, t in marked)]


def one_hot(m: int, parts: dict) -> Reading:
    """What a person marked for a cue."""
    y = np.zeros(m, np.int64)
    for k, v in (("C", 2), ("S", 1)):
        for s, t in parts[k]:
            y[s:t] = v
    source, content = np.flatnonzero(y == 1), (y == 2).astype(np.float32)
    first, last = np.zeros(m + 1, np.float32), np.zeros(m + 1, np.float32)
    first[source[0] if len(source) else m] = 1
    last[source[-1] if len(source) else m] = 1
    before, after = np.pad(content, (1, 0))[:-1], np.pad(content, (0, 1))[1:]
    return Reading(np.eye(3, dtype=np.float32)[y], first, last, content * (1 - before), content * (1 - after))
