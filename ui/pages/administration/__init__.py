"""The pages for devices that are controlled over the network: sharing, who controls them, leaving."""
