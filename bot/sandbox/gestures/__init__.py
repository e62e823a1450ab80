"""What people do in the pretend Slack: type, press, fill in."""
