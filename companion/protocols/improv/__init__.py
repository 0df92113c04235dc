"""Improv Wi-Fi: credentials for ESPHome, WLED and Tasmota boards, over Bluetooth LE or a serial port."""
