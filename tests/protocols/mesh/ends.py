"""Both ends of a provisioning in one process, message by message."""

from __future__ import annotations

from companion.protocols.mesh.provisioning import auth_value
from companion.protocols.mesh.provisioning.capabilities import Choice, Method
from companion.protocols.mesh.provisioning.choices import Wanted, choose
from companion.protocols.mesh.provisioning.exchange import ProvisioningData, public_octets
from companion.protocols.mesh.provisioning.provisioner import Done, InputDone, Offered, Proved, Provisioner
from companion.protocols.mesh.virtual.options import MeshOptions
from companion.protocols.mesh.virtual.provisionee import Provisionee
from companion.secret import Secret

DATA = ProvisioningData(Secret(bytes(range(16))), 0, 7, 2)


def provision(options: MeshOptions, wanted: Wanted | None = None) -> tuple[Provisionee, Proved, Choice]:
    """A whole provisioning with whoever stands at the device doing what he should.

    Raises what the provisioner raises.
    """
    provisioner, device = Provisioner(), Provisionee(options)
    wanted = wanted or Wanted()
    offered = provisioner.receive(*device.hear(provisioner.invite()))
    assert isinstance(offered, Offered)
    choice = choose(offered.capabilities, wanted)
    known = public_octets(options.key) if wanted.has_key else None
    for message in provisioner.start(choice, known):
        for answer in device.hear(message):
            provisioner.receive(answer)
    secret = _secret(choice, provisioner, device)
    provisioner.receive(*device.hear(provisioner.confirm(secret)))
    proved = provisioner.receive(*device.hear(provisioner.reveal()))
    assert isinstance(proved, Proved)
    assert provisioner.receive(*device.hear(provisioner.hand_over(DATA))) == Done()
    return device, proved, choice


def _secret(choice: Choice, provisioner: Provisioner, device: Provisionee) -> Secret:
    match choice.method:
        case Method.STATIC:
            return auth_value.of_static(device.options.static, choice.algorithm)
        case Method.OUTPUT:
            assert device.shown is not None
            return auth_value.of_typed(device.shown, choice)
        case Method.INPUT:
            text = auth_value.fresh_text(choice)
            assert device.wants_input
            assert provisioner.receive(*device.enter(text)) == InputDone()
            return auth_value.of_typed(text, choice)
        case Method.NO_OOB:
            return auth_value.none(choice.algorithm)
