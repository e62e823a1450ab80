"""Rules of handlers/web."""
