"""One suite for everything that stands behind a port."""
