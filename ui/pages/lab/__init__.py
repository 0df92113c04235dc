"""The lab: virtual devices with faults, a flow many times over them, and what came of it."""
