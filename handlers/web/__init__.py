"""The web: the platform's call-backs, health, and Slack over signed HTTP."""
