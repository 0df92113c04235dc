"""Which device it is: found by its code, asked over a link, or made to show itself."""
