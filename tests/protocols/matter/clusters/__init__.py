"""The tables of clusters: held against the SDK's, and used by a client and a server."""
