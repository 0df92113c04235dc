"""The pages of an owner's operations on a device."""
