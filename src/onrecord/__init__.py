"""OnRecord reads news reports and keeps a source-attributed record of them."""
