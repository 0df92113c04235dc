"""The first page: every way in which a setup code comes."""
