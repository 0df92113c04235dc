"""Who may act for this owner, and for whom this owner acts: the list in the settings, the grant page."""
