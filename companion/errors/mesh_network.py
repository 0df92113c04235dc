"""D-135 on and A-180 on: Bluetooth mesh after provisioning, a network's nodes, its keys and its files."""

from __future__ import annotations

from companion.errors.authentication import AuthenticationError
from companion.errors.device import DeviceError


class NodeSilent(DeviceError):
    """facts: node"""

    code = "D-135"
    title = "The node does not answer"
    advice = (
        "Nothing came back from node {node}. Switch it on, or go nearer to it or to a node between you, then "
        "try again. A node that was reset answers nobody; then remove it."
    )


class NodeRefused(DeviceError):
    """facts: node, reason"""

    code = "D-136"
    title = "The node rejected the setting"
    advice = "Node {node} said: {reason}. What it had accepted before stays."
    retryable = False


class ModelMissing(DeviceError):
    """facts: node, model"""

    code = "D-137"
    title = "The node can't do this"
    advice = "Node {node} has no model {model}. `companion mesh show` lists what it has."
    retryable = False


class NodeUnconfigured(DeviceError):
    """facts: node"""

    code = "D-133"
    title = "The node is not configured yet"
    advice = "Configure it first: `companion mesh configure {node}`. Companion asks it then what it can do."
    retryable = False


class SequenceNumbersUsed(DeviceError):
    """All sequence numbers of an IV index were used; another would repeat a nonce."""

    code = "D-138"
    title = "The network needs its next IV index"
    advice = (
        "All numbers for messages from here are used. Leave the network's nodes on: they move on to the next "
        "IV index by themselves. Then try again."
    )


class MeshFileInvalid(DeviceError):
    """missing: what exactly"""

    code = "D-139"
    title = "Not a usable mesh network file"
    advice = "Export the network again, as a Mesh configuration database in JSON."
    retryable = False
    exit_status = 2


class MeshKeysDiffer(DeviceError):
    """An import would lose keys that are known. detail: which ones"""

    code = "D-140"
    title = "The file has other keys than this computer"
    advice = (
        "It may be older than the keys that your nodes use, so nothing was imported. Export the network "
        "again in the other app. If that app changed the keys, use "
        "`companion mesh import FILE --replace-keys`."
    )
    retryable = False
    exit_status = 2


class MeshNetworkMissing(AuthenticationError):
    code = "A-180"
    title = "No mesh network"
    advice = "Set a mesh device up, or import a network with `companion mesh import FILE`."
    retryable = False


class ProxyForeign(AuthenticationError):
    """Nothing that the proxy sent was authentic with the network's keys."""

    code = "A-181"
    title = "The node is not in your network"
    advice = (
        "It does not know your network's keys. It may have been reset, or its keys were changed without this "
        "computer. Import the network's newest file, or set the node up again."
    )
    retryable = False


class KeyRefreshOpen(AuthenticationError):
    """facts: nodes"""

    code = "A-182"
    title = "New keys have not reached every node"
    advice = (
        "Waiting for: {nodes}. The old keys stay valid until then. Switch these nodes on and refresh again, "
        "or remove them."
    )
