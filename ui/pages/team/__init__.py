"""The registry of a team in the window: its card in the settings, and the word above the lists."""
