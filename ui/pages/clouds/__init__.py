"""What devices connect to: this computer, a broker or a cloud."""
