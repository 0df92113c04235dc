"""A registry for several laptops: on a PostgreSQL server, with a journal on each of them."""
