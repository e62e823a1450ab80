"""The SMS platform: how it is asked, and how what it says is read.

The platform is old and its answers vary, so every reader here accepts each shape that has been
seen, gives up without raising on the others, and lets no login or password out.
"""
