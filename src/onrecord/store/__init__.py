"""The record's file: takes Documents, keeps them in one SQLite file, finds them again. Only `connection.py` imports sqlite3."""
