"""Owner keys on hardware tokens, behind PKCS#11."""
