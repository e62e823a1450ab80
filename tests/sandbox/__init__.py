"""The sandbox's own rules, over real sockets: a pretence that is wrong would hide bugs."""
