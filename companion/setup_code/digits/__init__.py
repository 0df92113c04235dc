"""How codes write numbers: alphabets of 38 and 45 characters, and the check digit of Verhoeff."""
