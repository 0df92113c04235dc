"""The primitives of Matter (core specification, chapter 3) over pyca/cryptography."""
