"""Settings for all tests."""

from hypothesis import settings

# A slow example on a busy machine is not a wrong one.
settings.register_profile("companion", deadline=None)
settings.load_profile("companion")
