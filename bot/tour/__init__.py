"""The tour: a visitor who lives through a campaign's whole life, and tells what they see."""
