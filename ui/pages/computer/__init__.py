"""This computer in the settings: what it has, its camera, and whose devices it takes for genuine."""
