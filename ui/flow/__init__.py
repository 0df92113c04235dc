"""Which page follows which event: no Qt, no texts."""
