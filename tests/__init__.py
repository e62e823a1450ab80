"""Rules, stated as tests."""
