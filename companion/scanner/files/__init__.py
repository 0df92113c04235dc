"""Files to pictures: what a file is, how large it may be, and each of its frames or pages."""
