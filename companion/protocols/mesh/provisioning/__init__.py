"""Provisioning (Mesh Protocol 1.1, 5.4), sans-IO: messages, keys, the provisioner's end and the device's."""
