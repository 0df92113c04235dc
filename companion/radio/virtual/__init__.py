"""bleak on Bumble: a virtual radio, taken by the same link, scan and retry as a real one."""
