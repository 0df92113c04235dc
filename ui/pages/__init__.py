"""Pages: passive views and what binds them to the flow."""
