"""What several commands take: radios, folders, networks, setup codes, options of one protocol alone."""
