"""Who may do what for an owner, and how anybody can tell: the log, its witnesses, and proofs."""
