"""The interaction model: messages, a client and a server against each other, hostile ends."""
