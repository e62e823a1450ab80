"""The client of the SMS platform, against canned bytes."""
