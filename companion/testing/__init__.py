"""A pytest plugin: onboarding of devices as plain tests. pytest is imported in `plugin` alone."""
