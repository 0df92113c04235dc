"""What a virtual run has around its pages: the ribbon, and the device beside them."""
