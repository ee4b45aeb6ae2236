"""PolNeAR as paragraphs: word pieces with features, the gold cues and what belongs to each.

Takes the JSONL and text files of `../shared/data/polnear`; gives `Para` objects: one paragraph, tokenized, with its cues.
A paragraph is a window of its own: 99 % of all statements lie in one, and what is said of it then depends on nothing else.
Statements inside statements are made by wrapping a sentence into another one's mouth (`wrap`).
"""

import bisect
import json
import random
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from onrecord.document import Span
from onrecord.encode import features
from onrecord.segment.paragraphs import find_paragraphs
from onrecord.segment.quotations import find_quotations

WORD = re.compile(r"\w+")
CLS, SEP = 101, 102


@dataclass
class Para:
    text: str
    ids: np.ndarray
    feats: np.ndarray  # n x 3
    offsets: list
    start: int  # where it stands in the document
    cues: list = field(
        default_factory=list
    )  # (cue (a,b), sources [(a,b)], contents [(a,b)], top) in pieces, b exclusive
    masked: list = field(default_factory=list)  # piece ranges where the any-level cue is unknown
    labelled: bool = True  # somebody marked its statements
    soft: object = None  # what the teacher thinks of it, a `batch.Soft`
    trust: float | None = None  # share of a person's mark where the teacher has a say too; None: as the run has it


MOST = 300


def encode(tok, text: str, start: int = 0, stop: int | None = None, quote=None, case=None) -> list[Para]:
    """The paragraph [start, stop) of a text as word pieces; one longer than MOST pieces is cut after a full stop."""
    stop = len(text) if stop is None else stop
    part = text[start:stop]
    enc = tok.encode(part, add_special_tokens=False)
    if not enc.ids:
        return []
    if quote is None:
        found, _ = find_quotations(part, (Span(0, len(part)),))
        quote, case = features.quote_places(len(part), found), features.cases(part)
    else:
        quote, case = quote[start:stop], case[start:stop]
    starts = np.array([a for a, _ in enc.offsets])
    feats = features.piece_features(case, quote, starts, features.is_heading(part))
    ids = np.array(enc.ids)
    out = []
    a = 0
    while a < len(ids):
        b = min(len(ids), a + MOST)
        if b < len(ids):
            stops = [i + 1 for i in range(a + MOST // 2, b) if part[enc.offsets[i][0]] in ".!?"]
            b = stops[-1] if stops else b
        out.append(Para(part, ids[a:b], feats[a:b], enc.offsets[a:b], start))
        a = b
    return out


def span(p: Para, s: int, e: int):
    """Piece range covered by characters [s, e) of the document, or None."""
    s, e = s - p.start, e - p.start
    a = bisect.bisect_right([x[1] for x in p.offsets], s)
    b = bisect.bisect_left([x[0] for x in p.offsets], e)
    return (a, b) if a < b else None


def load(folder: Path, part: str, tok, which: str = "gold") -> list[dict]:
    docs = {}
    for line in (folder / f"{part}.{which}.jsonl").open():
        o = json.loads(line)
        text = (folder / part / "text" / f"{o['id']}.txt").open(encoding="utf-8", newline="").read()
        docs.setdefault(o["id"], {"id": o["id"], "text": text, "versions": []})["versions"].append(o["attributions"])
    return [docs[k] for k in sorted(docs)]


def distinct(docs: list[dict]) -> list[dict]:
    """Documents with those dropped that share 60 % of their eight-word runs with an earlier one."""
    seen: dict[int, int] = {}
    out = []
    for i, d in enumerate(docs):
        w = WORD.findall(d["text"].lower())
        runs = {hash(" ".join(w[k : k + 8])) for k in range(len(w) - 8)}
        hits: dict[int, int] = {}
        for r in runs:
            if r in seen:
                hits[seen[r]] = hits.get(seen[r], 0) + 1
        if hits and max(hits.values()) > 0.6 * len(runs):
            continue
        for r in runs:
            seen.setdefault(r, i)
        out.append(d)
    return out


# ---- statements inside statements, made by wrapping ------------------------------------------------------------

LOWER = {
    w: w.lower()
    for w in [
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "This",
        "That",
        "These",
        "Those",
        "In",
        "On",
        "At",
        "But",
        "And",
        "If",
        "When",
        "While",
        "For",
        "As",
        "There",
        "His",
        "Her",
        "Their",
        "Its",
        "Our",
        "Some",
        "Many",
        "Most",
        "Even",
        "Now",
        "Yet",
        "After",
        "Before",
    ]
}
SAID = [
    "said",
    "said",
    "said",
    "said that",
    "told reporters",
    "added",
    "added that",
    "claimed",
    "noted",
    "argued that",
    "believes",
    "wrote",
    "explained that",
    "insisted",
    "reported",
    "reported that",
    "tells us",
    "has said",
    "thinks that",
]


FIRST = 1.0


def wrap_first(rng, text: str, local: list[dict], sents: list[tuple[int, int]], sources: list[str]):
    """One sentence on its own, in the first person and quoted, with its outer statement; None where none is fit."""
    for a, b in sents:
        sent = text[a:b].rstrip()
        inner = [
            {r: [(s - a, e - a) for s, e in st[r]] for r in st}
            for st in local
            if all(a <= s and e <= b for r in st.values() for s, e in r)
        ]
        touch = [st for st in local if any(s < b and e > a for r in st.values() for s, e in r)]
        if not inner or len(touch) != len(inner) or sent[-1] not in ".!?" or any(q in sent for q in '“”"‘'):
            continue
        body, moved = first_person(
            rng, sent[:-1], [{r: [(s, min(e, len(sent) - 1)) for s, e in st[r]] for r in st} for st in inner]
        )
        who, did = rng.choice(sources), rng.choice(SAID).removesuffix(" that")
        q = rng.choice((("“", "”"), ('"', '"')))
        if rng.random() < 0.7:
            new, shift = f"{q[0]}{body},{q[1]} {who} {did}.", 1
            w = len(body) + 4
            outer = ((w, w + len(who)), (w + len(who) + 1, len(new) - 1), (0, len(body) + 3))
        else:
            new, shift = f"{who} {did}: {q[0]}{body}.{q[1]}", len(who) + len(did) + 4
            outer = ((0, len(who)), (len(who) + 1, len(who) + len(did) + 2), (shift - 1, len(new)))
        out = [{r: [(s + shift, e + shift) for s, e in st[r]] for r in st} | {"top": False} for st in moved]
        out.append({r: [x] for r, x in zip(("source", "cue", "content"), outer)} | {"top": True})
        return new, out
    return None


VERBS = {"has": "have", "is": "am", "does": "do", "isn’t": "am not", "doesn’t": "don’t", "doesn't": "don't"}


def first_person(rng: random.Random, text: str, statements: list[dict]) -> tuple[str, list[dict]]:
    """The text with every source that stands right before its cue made "I" or "we", and the statements moved with it.

    What people say of themselves inside quotations is labelled nowhere; this makes it out of what reporters say of them.
    """
    who = rng.choice(("I", "I", "we"))
    edits = []
    for st in statements:
        if len(st["source"]) == 1 and st["cue"][0][0] - st["source"][0][1] == 1:
            (s, e), c = st["source"][0], st["cue"][0][0]
            verb = text[c : st["cue"][0][1]].split(" ")[0]
            new = VERBS.get(verb, verb[:-1] if verb.endswith("s") and not verb.endswith(("ss", "was")) else verb)
            if who == "we" and new == "am":
                new = "are"
            edits += [(s, e, who.capitalize() if s == 0 else who), (c, c + len(verb), new)]
    edits = sorted({(s, e): n for s, e, n in edits}.items())
    if any(a[0][1] > b[0][0] for a, b in pairwise(edits)):
        return text, statements
    out, moves, at = [], [], 0
    for (s, e), new in edits:
        out += [text[at:s], new]
        moves.append((e, len(new) - (e - s)))
        at = e
    out.append(text[at:])

    def place(x: int) -> int:
        return x + sum(d for e, d in moves if e <= x)

    moved = [{r: [(place(a), place(b)) for a, b in st[r]] for r in ("source", "cue", "content")} for st in statements]
    return "".join(out), moved


def wrap(rng: random.Random, text: str, start: int, statements: list[dict], sources: list[str]):
    """The paragraph with one sentence put into another's mouth, and its statements; None where none is fit."""
    bounds = [0, *(m.end() for m in re.finditer(r"[.!?][”\"]? (?=[A-Z“\"])", text)), len(text)]
    sents = [(a, b) for a, b in pairwise(bounds) if 25 < b - a < 260]
    rng.shuffle(sents)
    local = [{r: [(s - start, e - start) for s, e in st[r]] for r in ("source", "cue", "content")} for st in statements]
    if rng.random() < 0.5 and rng.random() < FIRST:
        own = wrap_first(rng, text, local, sents, sources)
        if own is not None:
            return own
    for a, b in sents:
        while b > a and text[b - 1] == " ":
            b -= 1
        hull = [(min(s for r in st.values() for s, _ in r), max(e for r in st.values() for _, e in r)) for st in local]
        inner = [i for i, (s, e) in enumerate(hull) if a <= s and e <= b]
        if not inner or any(s < b and e > a and i not in inner for i, (s, e) in enumerate(hull)):
            continue
        sent = text[a:b]
        if sent[-1] not in ".!?" or (sent.count("“") != sent.count("”")) or sent.count('"') % 2:
            continue
        who, did = rng.choice(sources), rng.choice(SAID)
        first = sent.split(" ", 1)[0]
        low = LOWER.get(first, first) + sent[len(first) :] if rng.random() < 0.9 else sent
        style = rng.random()
        body = sent[:-1]
        if style < 0.35:  # “...,” X said.
            q = ("“", "”") if "“" in text or rng.random() < 0.5 else ('"', '"')
            inn = body.replace("“", "‘").replace("”", "’").replace('"', "'")
            new = f"{q[0]}{inn},{q[1]} {who} {did.removesuffix(' that')}."
            shift, c0, c1 = 1, 0, len(inn) + 3
            w0 = c1 + 1
            parts = ((w0, w0 + len(who)), (w0 + len(who) + 1, len(new) - 1), (c0, c1))
        elif style < 0.55:  # ..., X said.
            new = f"{body}, {who} {did.removesuffix(' that')}."
            shift, w0 = 0, len(body) + 2
            parts = ((w0, w0 + len(who)), (w0 + len(who) + 1, len(new) - 1), (0, len(body)))
        elif style < 0.65:  # According to X, ...
            new = f"According to {who}, {low}"
            shift = 15 + len(who)
            parts = ((13, 13 + len(who)), (0, 12), (shift, len(new) - 1))
        else:  # X said that ...
            new = f"{who} {did} {low}"
            cue = did.removesuffix(" that")
            shift = len(who) + len(did) + 2
            parts = ((0, len(who)), (len(who) + 1, len(who) + 1 + len(cue)), (len(who) + 2 + len(cue), len(new) - 1))
        if len(low) != len(sent):
            continue
        delta = len(new) - len(sent)

        def move(s: int, e: int, inside: bool):
            if inside:
                return (s + shift, min(e, b - 1 if e == b else e) + shift)
            return (s, e) if e <= a else (s + delta, e + delta)

        out = []
        for i, st in enumerate(local):
            out.append({r: [move(s, e, i in inner) for s, e in st[r]] for r in st} | {"top": i not in inner})
        out.append({r: [(s + a, e + a)] for r, (s, e) in zip(("source", "cue", "content"), parts)} | {"top": True})
        return text[:a] + new + text[b:], out
    return None


# ---- paragraphs and windows -----------------------------------------------------------------------------------


def build(tok, text: str, statements: list[dict]) -> list[Para]:
    """The paragraphs of a document, each with its cues: (cue, {S: ranges, C: ranges}, top), in pieces."""
    spans = find_paragraphs(text)
    found, _ = find_quotations(text, spans)
    quote, case = features.quote_places(len(text), found), features.cases(text)
    paras = [p for s, e in spans for p in encode(tok, text, s, e, quote, case)]
    fill(paras, statements)
    return paras


def fill(paras: list[Para], statements: list[dict]) -> None:
    for st in statements:
        if not st["cue"]:
            continue
        top = st.get("top", True)
        home = None
        for i, p in enumerate(paras):
            c = span(p, *st["cue"][0])
            if c:
                home = i, c
                break
        if home is None:
            continue
        parts: dict[str, list] = {"S": [], "C": []}
        for r, k in (("source", "S"), ("content", "C")):
            for s, e in st[r]:
                for j, p in enumerate(paras):
                    x = span(p, s, e) if p.start < e and p.start + len(p.text) > s else None
                    if x and j == home[0]:
                        parts[k].append(x)
                    if x and k == "C" and not st.get("open"):
                        p.masked.append(x)
        paras[home[0]].cues.append((home[1], parts, top))


def wrapped(rng, tok, p: Para, statements: list[dict], sources: list[str]) -> Para | None:
    got = wrap(rng, p.text, p.start, statements, sources)
    if got is None:
        return None
    text, sts = got
    sts[-1]["open"] = True
    new = encode(tok, text)
    if len(new) != 1:
        return None
    fill(new, sts)
    return new[0]


MARKS = (
    str.maketrans("“”", '""'),
    str.maketrans("“”’‘", "\"\"''"),
    str.maketrans({"“": "‘", "”": "’"}),
    str.maketrans({"“": "«", "”": "»"}),
    str.maketrans({"“": "„", "”": "“"}),
)


def restyled(rng, tok, p: Para, statements: list[dict]) -> Para | None:
    """The paragraph with other quotation marks or in capitals; every character keeps its place."""
    if rng.random() < 0.1:
        text = p.text.upper()
    elif "“" in p.text:
        text = p.text.translate(rng.choice(MARKS))
    else:
        text = re.sub(r'"([^"]*)"', rng.choice(("“\\1”", "“\\1”", "‘\\1’")), p.text)
    if len(text) != len(p.text) or text == p.text:
        return None
    new = encode(tok, text)
    if len(new) != 1:
        return None
    fill(
        new,
        [{r: [(a - p.start, b - p.start) for a, b in s[r]] for r in ("source", "cue", "content")} for s in statements],
    )
    return new[0]
