"""From a secure session to an owned device: the coroutine that runs the transaction."""
