"""The use cases: drafting, approving, sending, braking, tracking, replying."""
