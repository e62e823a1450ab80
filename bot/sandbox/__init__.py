"""A pretend SMS platform, pretend phones and a pretend Slack, reached only over HTTP."""
