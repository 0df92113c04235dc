"""Matter's setup codes: what a label holds, how it is recognised and typed."""
