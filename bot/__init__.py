"""The program: rules, use cases, the way to the SMS platform, and the root that builds it all."""
