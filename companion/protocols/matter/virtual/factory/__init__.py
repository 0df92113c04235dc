"""What makes a virtual device, and what is wrong with it on purpose."""
