"""What the device keeps, over flash that may lose power in any write."""
