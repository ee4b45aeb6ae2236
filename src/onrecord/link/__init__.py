"""Across documents: takes extracted documents, gives edges between what they hold, and rewrites nothing."""
