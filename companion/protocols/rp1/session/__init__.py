"""The commissioner's end of one connection, from INFO to the last record."""
