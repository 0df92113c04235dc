"""The registry over the database: writing runs, devices, certificates and tokens, and reading them."""
