"""From a link to a secure session, and its requests."""
