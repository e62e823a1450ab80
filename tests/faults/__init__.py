"""The real bot as a process, killed and lied to; who was texted how often is counted outside it."""
