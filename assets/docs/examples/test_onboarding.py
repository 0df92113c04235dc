"""Your firmware's onboarding, as plain tests: pytest test_onboarding.py"""


def test_a_device_is_set_up(virtual_device, commission):
    outcome = commission(virtual_device("rp1"))
    assert outcome.error is None
    assert sum(step.seconds for step in outcome.steps) < 20


def test_a_lost_link_is_survived(virtual_device, commission):
    assert commission(virtual_device("rp1", "drop-at-message=12")).error is None
