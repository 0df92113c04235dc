"""ESP-IDF unified provisioning over Bluetooth LE (wifi_provisioning and network_provisioning)."""
