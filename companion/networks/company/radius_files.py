"""What an administrator gets so that a RADIUS server admits an owner's devices: root, list, settings, steps.

Sources: hostapd.conf of hostap 2.10; mods-available/eap of FreeRADIUS 3.2; Microsoft on NPS as a
RADIUS proxy, and of strong certificate mappings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.secret import Secret

ROOT, CRL, TRUSTED = "companion-root.pem", "companion-crl.pem", "companion-root-and-crl.pem"
SERVER, SERVER_KEY, SERVER_CA = "server.pem", "server-key.pem", "server-ca.pem"


@dataclass(frozen=True)
class ServerFiles:
    """A server's certificate with its CA, its key and the CA alone, all PEM."""

    chain: bytes
    key: Secret
    ca: bytes


def radius_files(
    folder: str, root: bytes, crl: bytes, secret: Secret, server: ServerFiles | None = None
) -> Mapping[str, bytes | Secret]:
    """File name to content; what is a Secret is for its owner alone.

    folder: where they will be, absolute; root, crl: PEM; secret: between access points and server, new;
    server: for a trial without a server certificate of the company
    """

    def filled(text: str) -> bytes:
        return text.replace("@folder@", folder).replace("@secret@", secret.reveal_text()).encode()

    files: dict[str, bytes | Secret] = {
        ROOT: root,
        CRL: crl,
        TRUSTED: root + crl,
        "hostapd.conf": filled(_HOSTAPD),
        "hostapd.eap_user": b"* TLS\n",
        "hostapd.radius_clients": Secret(filled(_CLIENTS)),
        "freeradius/eap-companion": filled(_EAP),
        "freeradius/clients.conf": Secret(filled(_FREERADIUS_CLIENTS)),
        "freeradius/radiusd.conf": filled(_FREERADIUS),
        "README.txt": filled(_STEPS),
    }
    if server is not None:
        files |= {SERVER: server.chain, SERVER_KEY: server.key, SERVER_CA: server.ca}
    return files


_HOSTAPD = """\
# A RADIUS server of hostapd's own: hostapd @folder@/hostapd.conf
# In an access point's configuration, take the lines from eap_server to crl_reload_interval instead, and add
#   wpa=2, wpa_key_mgmt=WPA-EAP, rsn_pairwise=CCMP, ieee8021x=1
driver=none
ieee8021x=1
eap_server=1
eap_user_file=@folder@/hostapd.eap_user
server_cert=@folder@/server.pem
private_key=@folder@/server-key.pem
ca_cert=@folder@/companion-root-and-crl.pem
check_crl=1
crl_reload_interval=300
radius_server_clients=@folder@/hostapd.radius_clients
radius_server_auth_port=1812
"""

_CLIENTS = """\
# Access points and whoever checks, by address: one secret each.
127.0.0.1 @secret@
"""

_EAP = """\
# FreeRADIUS 3: admits devices whose certificate is of Companion's root and is not revoked.
# In an existing server: copy to mods-available, link in mods-enabled, and remove other modules named eap.
eap {
	default_eap_type = tls
	tls-config companion {
		certificate_file = @folder@/server.pem
		private_key_file = @folder@/server-key.pem
		ca_file = @folder@/companion-root-and-crl.pem
		check_crl = yes
		ecdh_curve = "prime256v1"
		tls_min_version = "1.2"
		tls_max_version = "1.2"
	}
	tls {
		tls = companion
	}
}
"""

_FREERADIUS_CLIENTS = """\
client loopback {
	ipaddr = 127.0.0.1
	secret = @secret@
}
"""

_FREERADIUS = """\
# A whole server for a trial: freeradius -f -l stdout -d @folder@/freeradius -n radiusd
prefix = /usr
name = radiusd
raddbdir = @folder@/freeradius
libdir = /usr/lib/freeradius
logdir = ${raddbdir}
run_dir = ${raddbdir}
pidfile = ${run_dir}/radiusd.pid
thread pool {
	start_servers = 1
	max_servers = 4
	min_spare_servers = 1
	max_spare_servers = 2
}
$INCLUDE clients.conf
modules {
	$INCLUDE eap-companion
}
server companion {
	listen {
		# This computer alone. For access points: ipaddr = *
		type = auth
		ipaddr = 127.0.0.1
		port = 1812
	}
	authorize {
		eap
	}
	authenticate {
		eap
	}
}
"""

_STEPS = """\
Devices set up with Companion log in to this network by EAP-TLS, each with its own certificate.

In this folder
  companion-root.pem            the root of all device certificates
  companion-crl.pem             revoked certificates. Valid for 7 days: fetch a new one before that, or every
                                device is locked out
  companion-root-and-crl.pem    both, as hostapd and FreeRADIUS read them
  server.pem, server-key.pem    your RADIUS server's certificate with its CA, and its key. If they are not
                                here, put yours here. The certificate needs the server's DNS name as
                                subjectAltName and serverAuth as extended key usage

hostapd
  1. Put each access point and its secret into hostapd.radius_clients.
  2. hostapd @folder@/hostapd.conf
  It reads the list again every five minutes.

FreeRADIUS 3
  1. Put each access point into freeradius/clients.conf, and let the server listen to them (ipaddr = * in
     freeradius/radiusd.conf), or use your own server.
  2. In your server, take freeradius/eap-companion as its eap module. For a trial:
     freeradius -f -l stdout -d @folder@/freeradius -n radiusd
  3. Restart it after each new list: it reads the list at its start.

Microsoft NPS
  NPS wants a directory account for every certificate, and these change every few weeks. So let it pass these
  devices on to a FreeRADIUS or hostapd as above:
  1. Remote RADIUS Server Groups: a new group with that server and its secret.
  2. Connection Request Policies: a new policy above the usual one. Condition: User Name, a pattern that the
     identities of your devices match, such as @iot\\.werk\\.example$. Authentication: forward requests to the
     group.
  3. On that server, NPS is a client with its address and the same secret.

Access points
  WPA2-Enterprise or WPA3-Enterprise (not the 192-bit mode), this server as RADIUS server, port 1812.

Then check from Companion's computer, before the first device gets anything:
  companion network check FILE --radius SERVER --secret-file F
"""
