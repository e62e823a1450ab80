"""The use cases, on a real database, with the world outside pretended."""
