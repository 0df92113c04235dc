"""Dialogues with endpoints, sans-IO: generators that yield requests and are sent the answers."""
