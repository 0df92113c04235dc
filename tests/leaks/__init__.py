"""Every flow, its loudest log, its output and what it keeps, searched for every secret that there was."""
