"""The Matter SDK's own controller, which commissions our device on the network."""
