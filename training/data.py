"""PolNeAR as training windows: word pieces with features, the gold cues and what belongs to each.

Takes the JSONL and text files of `../shared/data/polnear`; gives `Para` objects (one paragraph, tokenized, with the
statements that start in it) that are joined into windows at random, another way in each pass.
Statements inside statements are made by wrapping a sentence into another one's mouth (`wrap`).
"""

import bisect
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

WORD = re.compile(r"\w+")
CLS, SEP = 101, 102


def quote_marks(text: str) -> np.ndarray:
    """Per character: 0 outside, 1 inside, 2 opening mark, 3 closing mark of double quotation marks; each paragraph anew."""
    out = np.zeros(len(text), np.int8)
    inside = False
    for i, c in enumerate(text):
        if c == "\n":
            inside = False
        elif c in "“„«":
            inside = True
            out[i] = 2
        elif c in "”»":
            inside = False
            out[i] = 3
        elif c == '"':
            inside = not inside
            out[i] = 2 if inside else 3
        elif inside:
            out[i] = 1
    return out


def case(word: str) -> int:
    if not word[:1].isalnum() and word[:1] != "_":
        return 6
    if word.isdigit():
        return 5
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() and word[1:].islower() else 4


@dataclass
class Para:
    text: str
    ids: np.ndarray
    feats: np.ndarray  # n x 3
    offsets: list
    start: int  # where it stands in the document
    cues: list = field(default_factory=list)  # (cue (a,b), sources [(a,b)], contents [(a,b)], top) in pieces, b exclusive
    masked: list = field(default_factory=list)  # piece ranges where the any-level cue is unknown
    doc: str = ""


def paragraphs(text: str):
    for m in re.finditer(r"[^\n]+", text):
        s, e = m.span()
        while s < e and text[s].isspace():
            s += 1
        while e > s and text[e - 1].isspace():
            e -= 1
        if e > s:
            yield s, e


def encode(tok, text: str, start: int, most: int = 300) -> list[Para]:
    enc = tok.encode(text, add_special_tokens=False)
    if not enc.ids:
        return []
    marks = quote_marks(text)
    words = {}
    for m in WORD.finditer(text):
        k = case(m.group())
        for i in range(*m.span()):
            words[i] = k
    heading = len(text.split()) <= 25 and text[-1] not in ".!?”\"'’:;,"
    feats = np.zeros((len(enc.ids), 3), np.int64)
    for i, (a, b) in enumerate(enc.offsets):
        feats[i, 0] = words.get(a, 6)
        feats[i, 1] = marks[a]
        feats[i, 2] = (1 if i == 0 else 2) + (2 if heading else 0)
    out = []
    ids = np.array(enc.ids)
    # a paragraph longer than a window is cut after a full stop where there is one
    a = 0
    while a < len(ids):
        b = min(len(ids), a + most)
        if b < len(ids):
            stops = [i + 1 for i in range(a + most // 2, b) if text[enc.offsets[i][0]] in ".!?"]
            b = stops[-1] if stops else b
        out.append(Para(text, ids[a:b], feats[a:b], enc.offsets[a:b], start))
        a = b
    return out


def span(p: Para, s: int, e: int):
    """Piece range covered by characters [s, e) of the document, or None."""
    s, e = s - p.start, e - p.start
    a = bisect.bisect_right([x[1] for x in p.offsets], s)
    b = bisect.bisect_left([x[0] for x in p.offsets], e)
    return (a, b) if a < b else None


def attach(paras: list[Para], statements: list[dict]) -> None:
    """Give every paragraph the statements whose cue stands in it; pieces in other paragraphs by paragraph index."""
    for s in statements:
        place = (s["cue"] or [None])[0]
        if place is None:
            continue
        for i, p in enumerate(paras):
            c = span(p, *place)
            if c:
                p.cues.append((c, s, i))
                break


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

LOWER = {w: w.lower() for w in ["The", "A", "An", "He", "She", "It", "They", "We", "This", "That", "These", "Those", "In", "On", "At", "But", "And", "If", "When", "While", "For", "As", "There", "His", "Her", "Their", "Its", "Our", "Some", "Many", "Most", "Even", "Now", "Yet", "After", "Before"]}
SAID = ["said", "said", "said", "said that", "told reporters", "added", "added that", "claimed", "noted", "argued that", "believes", "wrote", "explained that", "insisted", "reported", "reported that", "tells us", "has said", "thinks that"]


def wrap(rng: random.Random, text: str, start: int, statements: list[dict], sources: list[str]):
    """The paragraph with one sentence put into another's mouth, and its statements; None where none is fit."""
    bounds = [0, *(m.end() for m in re.finditer(r"[.!?][”\"]? (?=[A-Z“\"])", text)), len(text)]
    sents = [(a, b) for a, b in zip(bounds, bounds[1:]) if 25 < b - a < 260]
    rng.shuffle(sents)
    local = [{r: [(s - start, e - start) for s, e in st[r]] for r in ("source", "cue", "content")} for st in statements]
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
    """The paragraphs of a document, each with its cues: (cue, {paragraph distance: {S: ranges, C: ranges}}, top)."""
    paras = [p for s, e in paragraphs(text) for p in encode(tok, text[s:e], s)]
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
        parts: dict[int, dict[str, list]] = {}
        for r, k in (("source", "S"), ("content", "C")):
            for s, e in st[r]:
                for j, p in enumerate(paras):
                    if p.start < e and p.start + len(p.text) > s:
                        x = span(p, s, e)
                        if x:
                            parts.setdefault(j - home[0], {"S": [], "C": []})[k].append(x)
                            if k == "C" and not st.get("open"):
                                p.masked.append(x)
        paras[home[0]].cues.append((home[1], parts, top))


def wrapped(rng, tok, p: Para, statements: list[dict], sources: list[str]) -> Para | None:
    got = wrap(rng, p.text, p.start, statements, sources)
    if got is None:
        return None
    text, sts = got
    sts[-1]["open"] = True
    new = encode(tok, text, 0)
    if len(new) != 1:
        return None
    fill(new, sts)
    return new[0]


def bucket(d: np.ndarray) -> np.ndarray:
    """Signed distance in pieces -> 0..31, finer near the cue; 0 is inside the cue."""
    m = np.abs(d)
    b = np.where(m < 6, m, np.minimum(15, 6 + np.floor(np.log2(np.maximum(m, 1) / 6) * 2).astype(int)))
    return np.where(d < 0, 16 + b, b).astype(np.int64)


def arrays(window: list[Para]):
    """ids, feats, paragraph number and quotation number of a window: [CLS] p1 [SEP] p2 [SEP] ..."""
    n = 1 + sum(len(p.ids) + 1 for p in window)
    ids = np.full(n, SEP, np.int64)
    ids[0] = CLS
    feats = np.zeros((n, 3), np.int64)
    par = np.zeros(n, np.int64)
    at = []
    k = 1
    for j, p in enumerate(window):
        m = len(p.ids)
        ids[k : k + m] = p.ids
        feats[k : k + m] = p.feats
        par[k : k + m + 1] = j
        at.append(k)
        k += m + 1
    q = feats[:, 1]
    seg = np.cumsum((q == 2).astype(int) + np.concatenate([[0], (q[:-1] == 3).astype(int)]))
    return ids, feats, par, seg + 1000 * par, at


def around(par, seg, quote, a: int, b: int, reach: int):
    """For the cue [a, b) of a window: positions around it, which of them exist, distance buckets, relation numbers."""
    pos = np.arange(a - reach, a + reach + 1)
    here = (pos >= 1) & (pos < len(par))
    p = np.clip(pos, 0, len(par) - 1)
    d = np.where(pos < a, pos - a, np.where(pos >= b, pos - b + 1, 0))
    pr = np.sign(par[p] - par[a]) + 1  # 0 before, 1 same, 2 after
    qr = np.where(seg[p] == seg[a], 0, np.where(quote[p] > 0, 1, 2))
    return p, here, bucket(d), pr * 4 + qr


def pack(rng: random.Random, paras: list[Para], most: int) -> list[list[Para]]:
    out, cur, n = [], [], 1
    room = rng.randint(most // 3, most)
    for p in paras:
        if cur and n + len(p.ids) + 1 > room:
            out.append(cur)
            cur, n = [], 1
            room = most
        cur.append(p)
        n += len(p.ids) + 1
    if cur:
        out.append(cur)
    return out
