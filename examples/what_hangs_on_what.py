"""Prints, for every speaker of a record, what they made depend on what: `python examples/what_hangs_on_what.py talks.db`."""

import sys
from itertools import groupby

import onrecord

with onrecord.open(sys.argv[1], read_only=True) as record:
    conditional = sorted(record.statements(condition=True), key=lambda row: (row.speaker or "", row.id))
    for speaker, rows in groupby(conditional, key=lambda row: row.speaker):
        print(speaker or "source not stated")
        for row in rows:
            print(
                f"  {row.said_on or row.published or 'undated'}: {row.then}, if {row.if_} ({row.outlet or row.document})"
            )
