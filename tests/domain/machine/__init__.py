"""A model of the whole program over the pure domain: what is kept, what is done, what is seen."""
