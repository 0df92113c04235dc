"""RP1 setup codes: what a label holds, how it is typed and printed; and transfer tokens as text."""
