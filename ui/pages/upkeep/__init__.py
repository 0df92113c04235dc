"""Cards of the settings: who the owner is, how long runs are kept, and the bundle for whoever helps."""
