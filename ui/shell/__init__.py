"""Start-up, main window, single instance, look and preferences."""
