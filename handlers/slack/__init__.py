"""Slack: commands, buttons, modals, and the poster that talks back."""
