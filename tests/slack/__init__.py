"""Rules of handlers/slack."""
