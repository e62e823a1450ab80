"""What Slack accepts as blocks and views, and how it says what is wrong with them."""
