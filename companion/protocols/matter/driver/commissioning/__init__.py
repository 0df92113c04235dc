"""From a found device to a node of our fabric: the steps, and their order."""
