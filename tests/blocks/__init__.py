"""What people see: drawn from domain objects, held to Slack's limits and to its languages."""
