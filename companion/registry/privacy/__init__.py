"""What is kept of an event, and what leaves in a report."""
