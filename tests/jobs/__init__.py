"""Rules of handlers/jobs."""
