"""What the Alliance's ledger of products (DCL) says of how a device is made ready to be set up."""
