"""What looks wrong in onboarding and delegation: exact rules, and statistics for each delegate and site."""
