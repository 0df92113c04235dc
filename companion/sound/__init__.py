"""Sixteen octets from a chirping device: the frame, its tones, and the frame in a microphone's samples."""
