"""Sixteen octets from a blinking LED: the frame, the chip clock, and the light in a camera's frames."""
