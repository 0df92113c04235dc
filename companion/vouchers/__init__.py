"""FDO ownership vouchers: read, verified and explained."""
