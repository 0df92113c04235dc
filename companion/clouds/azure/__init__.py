"""Azure's Device Provisioning Service (DPS), by plain REST."""
