"""The commissioner's transaction (section 9): what is asked for and when, what is believed of answers."""
