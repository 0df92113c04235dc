"""Matter fabrics in the window: the card of the settings, and the choice where devices join one."""
