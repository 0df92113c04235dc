"""What goes over the link (sections 2, 5, 7, 8 and 9): frozen data <-> octets."""
