"""This computer as a witness of the logs of others, and others as witnesses of its own."""
