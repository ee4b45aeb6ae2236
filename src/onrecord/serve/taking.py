"""Taking away: takes a filter and a format from an address, gives a file of what the filter picks.

With `report` (several times) or `issue` it is a dossier of that comparison or issue.
"""

from __future__ import annotations

import io
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import QueryError
from onrecord.export import FORMATS, export
from onrecord.export.dossiers import of_comparison, of_issue
from onrecord.serve import addresses
from onrecord.serve.respond import attached
from onrecord.serve.room import Room

TYPES = {
    "json": ("application/json", "json"),
    "jsonl": ("application/x-ndjson", "jsonl"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "bibtex": ("application/x-bibtex", "bib"),
    "csl": ("application/vnd.citationstyles.csl+json", "csl.json"),
    "webannotation": ("application/ld+json", "annotations.jsonld"),
    "jsonld": ("application/ld+json", "jsonld"),
    "brat": ("application/zip", "brat.zip"),
    "html": ("text/html; charset=utf-8", "html"),
    "gold": ("application/json", "gold.json"),
    "parquet": ("application/vnd.apache.parquet", "parquet"),
}


def export_formats() -> list[str]:
    """Return the formats in which the record can be taken away, as far as what they need is installed."""
    return [name for name in FORMATS if name in TYPES]


def export_name(story: str, format: str) -> str:
    """Return what the file is called."""
    return f"{story}.{TYPES[format][1]}"


def take(room: Room, request: Request) -> Response:
    """Return the file."""
    format = request.query_params.get("format", "")
    if format not in TYPES or format not in FORMATS:
        raise QueryError(f"there is no format {format[:80]!r}; choose one of {', '.join(export_formats())}")
    several, issue = request.query_params.getlist("report"), request.query_params.get("issue")
    if format == "html" and (several or issue):
        store = room.record.store
        page = of_comparison(store, several) if several else of_issue(store, issue or "")
        return attached(page, TYPES["html"][0], f"{'comparison' if several else issue}.html")
    asked = replace(addresses.read(request.query_params), limit=None, offset=0, sort="date")
    out = io.BytesIO()
    chosen = None if asked == type(asked)() else asked
    export(room.record.store, format, out, chosen, story=room.record.name)  # type: ignore[arg-type]  # checked above
    return attached(out.getvalue(), TYPES[format][0], export_name(room.record.name, format))
