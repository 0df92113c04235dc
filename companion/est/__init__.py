"""Certificates over the network (EST, RFC 7030): a client for company CAs, renewals for our devices."""
