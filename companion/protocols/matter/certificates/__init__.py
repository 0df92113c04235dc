"""Matter's operational certificates (core specification, section 6.5): two encodings, rules, issuing."""
