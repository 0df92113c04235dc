"""What the window's tests share: stages, players, checks."""
