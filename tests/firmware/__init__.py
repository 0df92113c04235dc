"""Firmware files, held against what esptool, imgtool, taylor-suit and the SUIT draft made."""
