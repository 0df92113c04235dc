"""What may be claimed, in words, for every protocol, method and way of ending a run."""
