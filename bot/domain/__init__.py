"""Pure rules: what a campaign may become, who may let it go, what counts as delivered."""
