"""Rights that an owner gives away: what a grant allows, whether an act is within it, and how it is said."""
