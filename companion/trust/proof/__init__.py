"""The proof of one device, for whoever has the public key of its owner: making it and checking it."""
