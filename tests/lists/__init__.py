"""Reading lists of people out of files."""
