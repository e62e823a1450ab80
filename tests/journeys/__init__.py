"""The real app, signed requests, and the sandbox over loopback sockets."""
