"""What looks wrong in onboarding and delegation, and what the owner says to it."""
