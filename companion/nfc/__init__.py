"""NFC tags through a reader: setup codes, devices and networks in, codes out.

`reader` alone knows PC/SC; everything else takes and gives octets.
"""
