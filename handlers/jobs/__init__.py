"""What the clock starts: polling, launching, expiring, cleaning."""
