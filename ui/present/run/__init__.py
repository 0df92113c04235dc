"""Pages of a run: at work, done, a problem, what is missing."""
