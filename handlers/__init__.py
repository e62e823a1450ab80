"""Everything that comes in: Slack, the platform's call-backs, the clock."""
