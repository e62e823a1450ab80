"""How fast: each figure beside the least that could do the same, as a ratio within one run."""
