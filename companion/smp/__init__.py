"""Firmware to Zephyr boards: SMP (MCUmgr) over Bluetooth LE. Needs the extra "smp", imported on use."""
