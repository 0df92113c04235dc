"""What a run is: commissioning, ownership operations, cable, identify; one reporter tells each of them."""
