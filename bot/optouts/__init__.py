"""``torpedo optouts``: the opt-out list, shown and changed from the command line (decision 21)."""
