"""What a run is: commissioning, ownership operations, cable, identify; one reporter reports each of them."""
