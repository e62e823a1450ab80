"""A flood of call-backs at the running bot, killed amid it; counted from Slack's side."""
