"""The ways by which this computer logs in to a company network."""
