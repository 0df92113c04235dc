"""What the CSA says of a product: envelope, content, and whether it speaks of a device."""
