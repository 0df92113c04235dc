"""Bluetooth mesh (Mesh Protocol 1.1), over GATT: see README.md in this folder."""
