"""A value of every command and response, and how the SDK's Python package calls and builds the same."""

from dataclasses import dataclass
from typing import Any

from companion.protocols.matter.clusters import administrator_commissioning as admin
from companion.protocols.matter.clusters import general_commissioning as general
from companion.protocols.matter.clusters import identify, on_off
from companion.protocols.matter.clusters import network_commissioning as network
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters import time_synchronization as time
from companion.protocols.matter.clusters.table import Command, Nothing, Query
from companion.secret import Secret

NONCE, SIGNATURE, KEY = bytes(range(32)), bytes(range(64)), bytes(range(16))


@dataclass(frozen=True)
class Sample:
    """ours: a request; name: of their command; theirs: its arguments; then the same of the response."""

    command: Command[Any] | Query[Any, Any]
    ours: Any
    name: str
    theirs: dict[str, Any]
    answer: Any = None
    response: str = ""
    reply: dict[str, Any] | None = None


NONE = Nothing()
DONE: dict[str, Any] = {"errorCode": 0, "debugText": ""}
SAMPLES = (
    Sample(
        general.ARM_FAIL_SAFE,
        general.ArmFailSafe(60, 7),
        "GeneralCommissioning.ArmFailSafe",
        {"expiryLengthSeconds": 60, "breadcrumb": 7},
        general.Outcome(general.CommissioningError.BUSY_WITH_OTHER_ADMIN, "busy"),
        "GeneralCommissioning.ArmFailSafeResponse",
        {"errorCode": 4, "debugText": "busy"},
    ),
    Sample(
        general.SET_REGULATORY_CONFIG,
        general.SetRegulatoryConfig(general.RegulatoryLocation.INDOOR_OUTDOOR, "DE", 1 << 40),
        "GeneralCommissioning.SetRegulatoryConfig",
        {"newRegulatoryConfig": 2, "countryCode": "DE", "breadcrumb": 1 << 40},
        general.Outcome(general.CommissioningError.OK),
        "GeneralCommissioning.SetRegulatoryConfigResponse",
        DONE,
    ),
    Sample(
        general.COMMISSIONING_COMPLETE,
        NONE,
        "GeneralCommissioning.CommissioningComplete",
        {},
        general.Outcome(general.CommissioningError.OK),
        "GeneralCommissioning.CommissioningCompleteResponse",
        DONE,
    ),
    Sample(
        network.SCAN_NETWORKS,
        network.ScanNetworks(b"Hafen 12", 3),
        "NetworkCommissioning.ScanNetworks",
        {"ssid": b"Hafen 12", "breadcrumb": 3},
        network.ScanResponse(
            network.NetworkStatus.SUCCESS,
            "",
            (network.WifiResult(0x18, b"Hafen 12", bytes(6), 36, 2, -61),),
            (network.ThreadResult(0xABCD, 1 << 60, "home", 15, 4, bytes(8), -70, 200),),
        ),
        "NetworkCommissioning.ScanNetworksResponse",
        {
            "networkingStatus": 0,
            "debugText": "",
            "wiFiScanResults": [
                {
                    "security": 0x18,
                    "ssid": b"Hafen 12",
                    "bssid": bytes(6),
                    "channel": 36,
                    "wiFiBand": 2,
                    "rssi": -61,
                }
            ],
            "threadScanResults": [
                {
                    "panId": 0xABCD,
                    "extendedPanId": 1 << 60,
                    "networkName": "home",
                    "channel": 15,
                    "version": 4,
                    "extendedAddress": bytes(8),
                    "rssi": -70,
                    "lqi": 200,
                }
            ],
        },
    ),
    Sample(
        network.ADD_WIFI,
        network.AddWifi(b"Hafen 12", Secret("seven gulls at noon"), 4),
        "NetworkCommissioning.AddOrUpdateWiFiNetwork",
        {"ssid": b"Hafen 12", "credentials": b"seven gulls at noon", "breadcrumb": 4},
        network.ConfigResponse(network.NetworkStatus.AUTH_FAILURE, "no", 1),
        "NetworkCommissioning.NetworkConfigResponse",
        {"networkingStatus": 7, "debugText": "no", "networkIndex": 1},
    ),
    Sample(
        network.ADD_THREAD,
        network.AddThread(Secret(b"\x0e\x08" + bytes(8)), 5),
        "NetworkCommissioning.AddOrUpdateThreadNetwork",
        {"operationalDataset": b"\x0e\x08" + bytes(8), "breadcrumb": 5},
    ),
    Sample(
        network.REMOVE_NETWORK,
        network.ById(b"Hafen 12"),
        "NetworkCommissioning.RemoveNetwork",
        {"networkID": b"Hafen 12"},
    ),
    Sample(
        network.CONNECT_NETWORK,
        network.ById(b"Hafen 12", 6),
        "NetworkCommissioning.ConnectNetwork",
        {"networkID": b"Hafen 12", "breadcrumb": 6},
        network.ConnectResponse(network.NetworkStatus.NETWORK_NOT_FOUND, "gone", -5),
        "NetworkCommissioning.ConnectNetworkResponse",
        {"networkingStatus": 5, "debugText": "gone", "errorValue": -5},
    ),
    Sample(
        credentials.ATTESTATION_REQUEST,
        credentials.ByNonce(NONCE),
        "OperationalCredentials.AttestationRequest",
        {"attestationNonce": NONCE},
        credentials.Attestation(b"elements", SIGNATURE),
        "OperationalCredentials.AttestationResponse",
        {"attestationElements": b"elements", "attestationSignature": SIGNATURE},
    ),
    Sample(
        credentials.CERTIFICATE_CHAIN_REQUEST,
        credentials.CertificateRequest(credentials.CertificateKind.PAI),
        "OperationalCredentials.CertificateChainRequest",
        {"certificateType": 2},
        credentials.Certificate(b"der"),
        "OperationalCredentials.CertificateChainResponse",
        {"certificate": b"der"},
    ),
    Sample(
        credentials.CSR_REQUEST,
        credentials.CsrRequest(NONCE, True),
        "OperationalCredentials.CSRRequest",
        {"CSRNonce": NONCE, "isForUpdateNOC": True},
        credentials.Attestation(b"elements", SIGNATURE),
        "OperationalCredentials.CSRResponse",
        {"NOCSRElements": b"elements", "attestationSignature": SIGNATURE},
    ),
    Sample(
        credentials.ADD_NOC,
        credentials.AddNoc(b"noc", Secret(KEY), 0x1122334455667788, 0xFFF1, b"icac"),
        "OperationalCredentials.AddNOC",
        {
            "NOCValue": b"noc",
            "ICACValue": b"icac",
            "IPKValue": KEY,
            "caseAdminSubject": 0x1122334455667788,
            "adminVendorId": 0xFFF1,
        },
        credentials.NocResponse(credentials.NocStatus.FABRIC_CONFLICT, 3, "again"),
        "OperationalCredentials.NOCResponse",
        {"statusCode": 9, "fabricIndex": 3, "debugText": "again"},
    ),
    Sample(
        credentials.UPDATE_NOC,
        credentials.UpdateNoc(b"noc"),
        "OperationalCredentials.UpdateNOC",
        {"NOCValue": b"noc"},
    ),
    Sample(
        credentials.UPDATE_FABRIC_LABEL,
        credentials.Label("Companion"),
        "OperationalCredentials.UpdateFabricLabel",
        {"label": "Companion"},
    ),
    Sample(
        credentials.REMOVE_FABRIC,
        credentials.ByIndex(2),
        "OperationalCredentials.RemoveFabric",
        {"fabricIndex": 2},
    ),
    Sample(
        credentials.ADD_TRUSTED_ROOT,
        credentials.AddRoot(b"root"),
        "OperationalCredentials.AddTrustedRootCertificate",
        {"rootCACertificate": b"root"},
    ),
    Sample(
        admin.OPEN_WINDOW,
        admin.OpenWindow(180, Secret(bytes(97)), 3840, 10_000, KEY),
        "AdministratorCommissioning.OpenCommissioningWindow",
        {
            "commissioningTimeout": 180,
            "PAKEPasscodeVerifier": bytes(97),
            "discriminator": 3840,
            "iterations": 10_000,
            "salt": KEY,
        },
    ),
    Sample(
        admin.OPEN_BASIC_WINDOW,
        admin.OpenBasicWindow(300),
        "AdministratorCommissioning.OpenBasicCommissioningWindow",
        {"commissioningTimeout": 300},
    ),
    Sample(admin.REVOKE, NONE, "AdministratorCommissioning.RevokeCommissioning", {}),
    Sample(identify.IDENTIFY, identify.Identify(10), "Identify.Identify", {"identifyTime": 10}),
    Sample(on_off.OFF, NONE, "OnOff.Off", {}),
    Sample(on_off.ON, NONE, "OnOff.On", {}),
    Sample(on_off.TOGGLE, NONE, "OnOff.Toggle", {}),
    Sample(
        time.SET_UTC_TIME,
        time.SetUtcTime(1 << 50, time.Granularity.SECONDS, time.TimeSource.ADMIN),
        "TimeSynchronization.SetUTCTime",
        {"UTCTime": 1 << 50, "granularity": 2, "timeSource": 2},
    ),
    Sample(
        time.SET_TIME_ZONE,
        time.SetTimeZone((time.TimeZone(3600, 0, "Europe/Berlin"),)),
        "TimeSynchronization.SetTimeZone",
        {"timeZone": [{"offset": 3600, "validAt": 0, "name": "Europe/Berlin"}]},
        time.TimeZoneResponse(True),
        "TimeSynchronization.SetTimeZoneResponse",
        {"DSTOffsetRequired": True},
    ),
    Sample(
        time.SET_DST_OFFSET,
        time.SetDstOffset((time.DstOffset(3600, 5, None),)),
        "TimeSynchronization.SetDSTOffset",
        {"DSTOffset": [{"offset": 3600, "validStarting": 5, "validUntil": None}]},
    ),
)
