"""The devices and activity pages at work."""
