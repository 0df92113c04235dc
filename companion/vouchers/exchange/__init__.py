"""What vouchers have to do with files and connections: those that are kept, and the servers of FDO."""
