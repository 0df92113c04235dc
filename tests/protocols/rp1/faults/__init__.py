"""The fault suite: the link cut, the device switched off, the app killed, at every point of a commissioning.

    cuts        one fault: what goes, at which ATT operation, flash write or write to the app's own disk
    environment what lives outside of the app: device, air, user, and the disk that outlives a kill
    disk        that disk, in memory or as the real registry and the real sealed file
    case_run    the same command until the device is commissioned, with a plan of cuts
    device_life what a device lives with, whole or nothing
    judge       what must be true after each cut and at the end
    cases       every single cut, and pairs from a seed
    tally       how many there were, and how they ended

`python -m tests.protocols.rp1.faults` runs as many as wanted and prints how they ended.
"""
