"""How English writes dates: the patterns of date expressions, each with a name; what they mean is worked out in `time_values`."""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "wed"), ("thursday", "thurs", "thu"),
            ("friday", "fri"), ("saturday", "sat"), ("sunday", "sun"),
        )
    )
    for name in names
}  # fmt: skip
# fixed holidays of news from English-speaking countries; movable ones stay unresolved
HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1),
    "new year's eve": (12, 31), "fourth of july": (7, 4), "independence day": (7, 4), "valentine's day": (2, 14),
    "boxing day": (12, 26), "halloween": (10, 31), "may day": (5, 1),
}  # fmt: skip
PARTS_OF_DAY = r"(?:morning|afternoon|evening|night|noon|midday|lunchtime)"


def _cases(words: str) -> str:
    """Spell each word of an alternation with a small and a capital first letter: cheaper than ignoring case everywhere."""
    return "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in words.split("|"))


MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
FULL_MONTH = (
    r"(?:January|February|March|April|June|July|August|September|October|November|December|(?:Jan"
    r"|Feb|Aug|Sept|Oct|Nov|Dec)\.)"
)
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
    r"|(?:Mon|Tues|Wed|Thurs?|Fri|Sat|Sun)\.)"
)
YEAR = r"(?:1[0-9]\d\d|20\d\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,]\d|%)"
UNIT = r"(?:day|week|weekend|month|quarter|year|decade|century|centurie)"
EDGE = rf"(?:{_cases('early|late|earlier|later|mid')})"
COUNT = (
    r"(?:\d{1,3}|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine"
    r"|[Tt]en|[Ee]leven|[Tt]welve|[Ff]ifteen"
    r"|[Tt]wenty(?:-\w{3,5})?|[Tt]hirty(?:-\w{3,5})?|[Ff]orty|[Ff]ifty|[Aa] few|[Ss]everal|[Mm]any"
    r"|(?:[Aa] )?couple(?: of)?)"
)
ORDER = rf"(?:{_cases('first|second|third|fourth|1st|2nd|3rd|4th')})"
SEASON = r"(?:spring|summer|fall|autumn|winter|Spring|Summer|Fall|Autumn|Winter)"
HOLIDAY = (
    r"(?:Christmas(?: Day| Eve)?|New Year[’']s (?:Day|Eve)|Fourth of July|Independence Day|Valentine[’']s "
    r"Day|Boxing Day|Halloween\b"
    r"|May Day|Thanksgiving(?: Day)?|Easter(?: Sunday)?\b|Ramadan|Election Day|Labor Day|Memorial Day)"
)
WHICH = (
    rf"(?:{_cases('last|this|next|past|previous|coming|current|following|same')}"
    rf"|{_cases('earlier this|later this|early this|late this|early last|late last')}"
    rf"|{_cases('early next|late next|later that|earlier that')}"
    rf"|that|That)"
)
NO_NOUN = (
    r"(?!\s+(?:[a-z-]+\s)?(?:people|persons|men|women|troops|soldiers|euros|dollars|percent"
    r"|miles|kilometers|jobs|metric|tons?)\b|[-–]\w|%|,\d|\.\d)"
)

PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", rf"{YEAR}-\d\d(?:-\d\d)?(?![\d-])"),
    ("slashed", r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)(?![\d/])"),
    (
        "mdy",
        rf"(?:[Ll]ast\s|[Nn]ext\s)?(?:{WEEKDAY},?\s)?{MONTH}\s(?:the\s)?{DAY}(?:\s?[-–]\s?{DAY})?(?:,?\s{YEAR}\b)?",
    ),
    ("dmy", rf"(?:{WEEKDAY},?\s(?:the\s)?)?(?:{DAY}\s?[-–]\s?)?{DAY}\s(?:of\s)?{MONTH}(?:,?\s{YEAR}\b)?"),
    ("my", rf"(?:{EDGE}[-\s])?{MONTH},?\s(?:of\s)?{YEAR}\b"),
    (
        "quarter",
        rf"(?:(?:[Tt]he\s)?(?:{YEAR}\s|fiscal\s){{0,2}}{ORDER}[-\s]quarter(?:\s(?:of\s)?(?:{YEAR}"
        rf"|last year|this year))?|Q[1-4](?:\s{YEAR})?)\b",
    ),
    (
        "thequarter",
        r"(?:[Tt]he\s)(?:latest\s|recent\s|current\s|just-ended\s)?(?:quarter|latest\s(?:period"
        r"|quarter|three months))(?:\s(?:a year (?:ago|earlier)|last year))?\b",
    ),
    (
        "yearago",
        r"(?:the\s)?(?:corresponding\s|comparable\s|same\s)?(?:[Yy]ear-(?:ago|earlier)|year-before)(?:\s(?:quarter"
        r"|period))?\b|the\s(?:corresponding|comparable|same)\s(?:quarter|period)\s(?:a year (?:ago"
        r"|earlier)|last year|of last year|in \d{4})",
    ),
    ("season", rf"(?:{EDGE}\s)?(?:{WHICH}\s{SEASON}\b|(?:[Tt]he\s)?{SEASON}\s(?:of\s)?{YEAR}\b)"),
    ("which", rf"(?:[Tt]he\s)?{WHICH}\s(?:{UNIT}s?\b(?!\s+(?:of|ago)\b)|{MONTH}\b|{WEEKDAY}(?:\s{PARTS_OF_DAY})?\b)"),
    ("part", rf"(?:{_cases('this|last')})\s{PARTS_OF_DAY}\b|[Oo]vernight\b"),
    (
        "near",
        rf"(?:{_cases('earlier|later')}) in the day\b|(?:{EDGE}\s|[Tt]he day before\s|[Tt]he day "
        rf"after\s)?(?:[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|TODAY|YESTERDAY)(?:\s{PARTS_OF_DAY})?\b",
    ),
    (
        "ago",
        rf"{COUNT}(?:\s|-)(?:and a half\s)?{UNIT}s?\s(?:(?:ago|earlier|later|from now)\b|before(?=\s?[,.;:)])"
        rf"|before$)|the {UNIT} (?:before|earlier|after)\b",
    ),
    ("weekday", rf"(?:{EDGE}\s(?:on\s)?)?{WEEKDAY}(?:\s{PARTS_OF_DAY})?"),
    ("holiday", rf"(?:{WHICH}\s)?{HOLIDAY}(?:,?\s{YEAR}\b)?"),
    ("nine11", r"9/11\b"),
    ("decade", rf"(?:[Tt]he\s)?(?:{EDGE}[-\s])?(?:\d{{3}}0s\b|[’']\d0s\b)"),
    (
        "end",
        rf"(?:[Tt]he\s)?(?:end|beginning|start|middle) of (?:(?:the|this|next|last) (?:year|month"
        rf"|week)|{YEAR}|{MONTH})\b|year-end\b",
    ),
    (
        "month",
        rf"(?:(?:{EDGE}|{_cases('mid')})[-\s]?{MONTH}|{FULL_MONTH}|(?:(?<=[Ii]n )|(?<=[Ss]ince )"
        rf"|(?<=[Uu]ntil )|(?<=[Bb]y )|(?<=of )|(?<=from ))(?:May|Mar\.|Apr\.|Jun\.|Jul\.))(?!\w)",
    ),
    (
        "year",
        rf"(?:(?:[Ff]iscal|[Ee]arly|[Ll]ate|[Mm]id|[Pp]ost|[Pp]re)[-\s]|(?<![\d.,/$€£-]))(?:1[5-9]"
        rf"|20)\d\d\b{NO_NOUN}",
    ),
    (
        "spoken",
        r"[Nn]ineteen[\s-](?:hundred|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]{3,5})?)\b",
    ),
    ("weekend", r"(?:[Oo]ver\s)?[Tt]he weekend\b"),
    ("now", r"(?:[Nn]ow|(?<![Tt]hen )[Cc]urrent(?:ly)?|[Nn]owadays|[Aa]t the moment|[Aa]t present)\b"),
    ("past", r"(?:[Rr]ecently|[Tt]he (?:recent )?past|[Rr]ecent(?: days| weeks| months| years)?|[Ll]ately)\b"),
    ("future", r"(?:[Tt]he (?:near )?future|[Ss]oon)\b"),
)
TIME = re.compile(r"(?<![\w@#])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS) + ")")
# what stands in a clause about things to come, looked for before a bare weekday or date
COMING = re.compile(
    r"\b(?:will|shall|[’']ll|going to|scheduled|expected|due|until|till|through|upcoming|deadline"
    r"|set (?:for|to)|to be|no later than)\b[^,;“”\"]*$"
)
SINCE = re.compile(r"\b(?:[Ss]ince|[Ee]ver since)\s(?:the\s)?(?:early\s|late\s)?$")
