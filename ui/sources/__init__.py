"""Where setup codes come from: camera, files, clipboard, screen."""
