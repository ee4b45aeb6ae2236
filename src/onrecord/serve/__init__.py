"""The reading room: takes a record, gives pages, data and corrections on one's own machine; the only place that imports the web.

Pages are made on the server and read without scripts. Nothing is ever fetched from elsewhere. See docs/reading-room.md.
"""
