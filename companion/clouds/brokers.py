"""Settings of a broker of one's own, written out: our root, our revocation list, each device below its name.

A broker knows a device by its common name and reads no dNSName, so it gets the root under which only the
owner's CA itself issues (`IssuingCa.direct_root`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.model import Text

ROOT, REVOKED, CERTIFICATE, KEY = "ca.pem", "revoked.pem", "server.pem", "server.key"
PORT = 8883

_MOSQUITTO = """\
# For /etc/mosquitto/conf.d. Devices connect by TLS 1.3 with a certificate of your CA, and nobody else.
per_listener_settings true
listener {port}
cafile {folder}/ca.pem
# Renew it before it expires (7 days): an expired list locks every device out.
crlfile {folder}/revoked.pem
certfile {folder}/server.pem
keyfile {folder}/server.key
tls_version tlsv1.3
require_certificate true
# A device is known by the common name of its certificate, and speaks below its own name alone.
use_identity_as_username true
acl_file {folder}/access
"""
_MOSQUITTO_ACCESS = """\
pattern write devices/%u/#
pattern read devices/%u/#
"""
_EMQX = """\
# For etc/emqx.conf (EMQX 5). Devices connect by TLS 1.3 with a certificate of your CA, and nobody else.
listeners.ssl.devices {{
  bind = "0.0.0.0:{port}"
  ssl_options {{
    cacertfile = "{folder}/ca.pem"
    certfile = "{folder}/server.pem"
    keyfile = "{folder}/server.key"
    verify = verify_peer
    fail_if_no_peer_cert = true
    versions = ["tlsv1.3"]
    # The list is fetched from the address in the certificates: set it with `companion trust crl-url`.
    enable_crl_check = true
  }}
}}
crl_cache.refresh_interval = 15m
# A device is known by the common name of its certificate, and speaks below its own name alone.
mqtt.peer_cert_as_username = cn
mqtt.peer_cert_as_clientid = cn
authorization {{
  no_match = deny
  sources = [{{ type = file, enable = true, path = "{folder}/access.conf" }}]
}}
"""
_EMQX_ACCESS = """\
{allow, all, all, ["devices/${username}/#"]}.
{deny, all}.
"""
_HIVEMQ = """\
<?xml version="1.0"?>
<!-- For conf/config.xml (HiveMQ 4). Make the two stores with stores.sh first. HiveMQ itself lets a device
     use any topic: to keep each below devices/NAME/, it needs an extension that goes by common names. -->
<hivemq>
  <listeners>
    <tls-tcp-listener>
      <port>{port}</port>
      <bind-address>0.0.0.0</bind-address>
      <tls>
        <protocols><protocol>TLSv1.3</protocol></protocols>
        <client-authentication-mode>REQUIRED</client-authentication-mode>
        <keystore>
          <path>{folder}/server.p12</path>
          <password>PASSWORD</password>
          <private-key-password>PASSWORD</private-key-password>
        </keystore>
        <truststore>
          <path>{folder}/devices.p12</path>
          <password>PASSWORD</password>
        </truststore>
      </tls>
    </tls-tcp-listener>
  </listeners>
</hivemq>
"""
_HIVEMQ_STORES = """\
#!/bin/sh
# Makes the stores that config.xml names. Each command asks for a password: put the same one into config.xml.
set -e
cd "$(dirname "$0")"
openssl pkcs12 -export -in server.pem -inkey server.key -out server.p12
keytool -importcert -noprompt -alias devices -file ca.pem -keystore devices.p12 -storetype PKCS12
"""


@dataclass(frozen=True)
class BrokerKind:
    """files: by name, with the places {port} and {folder}; reload: makes it read a new revocation list

    remark: what it can't do
    """

    title: str
    files: Mapping[str, str]
    reload: Text
    remark: Text | None = None


BROKERS: Mapping[str, BrokerKind] = {
    "mosquitto": BrokerKind(
        "Mosquitto",
        {"companion.conf": _MOSQUITTO, "access": _MOSQUITTO_ACCESS},
        Text("After `companion trust crl {file}`: kill -HUP $(pidof mosquitto)"),
    ),
    "emqx": BrokerKind(
        "EMQX",
        {"companion.conf": _EMQX, "access.conf": _EMQX_ACCESS.replace("{", "{{").replace("}", "}}")},
        Text("It fetches the list by itself, every 15 minutes: serve it with `companion trust crl --serve`"),
    ),
    "hivemq": BrokerKind(
        "HiveMQ",
        {"config.xml": _HIVEMQ, "stores.sh": _HIVEMQ_STORES},
        Text("It reads no list from a file"),
        Text("HiveMQ checks no revocation list: a revoked device is let in until its certificate ends."),
    ),
}


def settings(kind: BrokerKind, folder: str, port: int) -> dict[str, str]:
    """The files of a broker whose certificates are in this folder, by name."""
    return {name: text.format(folder=folder, port=port) for name, text in kind.files.items()}
