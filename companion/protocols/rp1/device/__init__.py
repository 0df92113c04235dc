"""RP1's device end: what is kept in flash, what is granted to whom, and the machine that answers."""
