"""A company's own CA, reached by EST."""
