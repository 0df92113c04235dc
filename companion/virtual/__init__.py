"""Virtual devices on a virtual air, for the demo, the lab and the tests. Bumble lives here.

Nothing here is imported at start-up: whoever needs a virtual device imports its module then.
"""
