"""A domain object in, Block Kit out; nothing else."""
