"""The interaction model: read, write, invoke, subscribe; a client's and a server's machine for each."""
