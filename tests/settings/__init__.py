"""Settings, the pages about them, logs, and ``torpedo check``."""
