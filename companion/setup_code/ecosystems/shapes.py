"""Devices that something else than Companion sets up, told by the mark of their code.

Sources: LoRa Alliance TR005 (`LW:`); GSMA SGP.22, section 4.1 (`LPA:`); the stickers of Homematic IP
(`EQ01SG`); the KNX IoT stack's documentation (`KNX:`) and ETS (FDSK); EnOcean Alliance "Product ID and
Standardized Labeling", after ANSI MH10.8.2 (`30S`); OpenWeave's device descriptor (`1V:`); SDKs of Tuya and
SmartThings for their addresses; FIDO Device Onboard 1.1 (ownership voucher).
"""

from __future__ import annotations

from companion.model import Text
from companion.setup_code.ecosystems.pattern import CodePattern, recogniser, shape

PATTERNS = (
    CodePattern(
        "lorawan",
        title="LoRaWAN device",
        verdict=Text(
            "LoRaWAN devices join over a gateway, not over Bluetooth. Register this code with your network "
            "server, for example The Things Stack or ChirpStack."
        ),
        whole=shape(
            r"LW:D0:(?P<join_eui>[0-9A-F]{16}):(?P<dev_eui>[0-9A-F]{16}):(?P<profile>[0-9A-F]{4,8})(?::[^\s:]+)*"
        ),
        start=shape(r"LW:D[0-9]"),
        name="LoRaWAN",
        public={"dev_eui": "DevEUI", "join_eui": "JoinEUI", "profile": "Profile"},
    ),
    CodePattern(
        "esim",
        title="eSIM activation code",
        verdict=Text(
            "This code loads a mobile plan onto an eSIM. Scan it in the mobile network settings of the phone "
            "or device that will use the plan."
        ),
        whole=shape(
            r"LPA:1\$(?P<server>[0-9A-Z.\-]+)\$(?P<activation>[0-9A-Z\-]*)(?:\$[0-9.]*)?(?:\$[01]?)?(?:\$[^\s$]*)?"
        ),
        start=shape(r"LPA:"),
        name="eSIM",
        public={"server": "Server"},
        hidden={"activation": "Activation code"},
    ),
    CodePattern(
        "homematic-ip",
        title="Homematic IP device",
        verdict=Text(
            "Homematic IP devices are not reachable over Bluetooth. Add this one in the Homematic IP app, or "
            "to a CCU."
        ),
        whole=shape(r"EQ[0-9]{2}SG(?P<sgtin>[0-9A-F]{24})DLK(?P<key>[0-9A-F]{32})"),
        start=shape(r"EQ[0-9]{2}SG"),
        name="Homematic IP",
        public={"sgtin": "SGTIN"},
        hidden={"key": "Device key"},
    ),
    CodePattern(
        "homematic-ip",
        title="Homematic IP device",
        verdict=Text(
            "This is the number of a Homematic IP device, without its key. The Homematic IP app needs the QR "
            "code on the device."
        ),
        whole=shape(r"(?P<sgtin>3014-?F711(?:-?[0-9A-F]{4}){4})"),
        public={"sgtin": "SGTIN"},
    ),
    CodePattern(
        "knx",
        title="KNX IoT device",
        verdict=Text("KNX IoT devices are set up with ETS. Scan this code there."),
        whole=shape(r"KNX:S:(?P<serial>[0-9A-F]{12});P:(?P<password>[0-9A-Z]+);?"),
        start=shape(r"KNX:S:"),
        name="KNX IoT",
        public={"serial": "Serial number"},
        hidden={"password": "Password"},
    ),
    CodePattern(
        "knx",
        title="KNX Secure device",
        verdict=Text("This is the device's factory key for KNX Secure (FDSK). Add it to the project in ETS."),
        whole=shape(r"(?:FDSK ?:? ?)?(?P<key>A[A-Z2-7]{5}(?:-[A-Z2-7]{6}){5}|A[A-Z2-7]{35})"),
        hidden={"key": "Factory key (FDSK)"},
    ),
    CodePattern(
        "enocean",
        title="EnOcean device",
        verdict=Text("EnOcean devices are paired with a gateway. Scan this code with the gateway's app."),
        whole=shape(
            r"(?:[0-9]{0,2}[A-Z][^+\s]*\+)*?30S(?P<address>[0-9A-F]{12}|[0-9A-F]{8})"
            r"(?:\+[0-9]{0,2}[A-Z][^+\r\n]*)+"
        ),
        start=shape(r"30S[0-9A-F]{8,12}\+"),
        name="EnOcean",
        public={"address": "Address"},
    ),
    CodePattern(
        "weave",
        title="Nest device (Weave)",
        verdict=Text("Nest devices with Weave can be added only in the Nest or Google Home app."),
        whole=shape(r"1V:[0-9]+\$(?:[A-RT-Z]:[^$\s]*\$)*(?:S:(?P<serial>[0-9A-Z]+)\$)(?:[A-Z]:[^$\s]*\$)*"),
        start=shape(r"1V:[0-9]+\$"),
        name="Weave",
        public={"serial": "Serial number"},
    ),
    CodePattern(
        "tuya",
        title="Tuya device",
        verdict=Text(
            "Only Tuya's apps can set up this device. Scan the code in Smart Life, Tuya Smart "
            "or the manufacturer's app."
        ),
        whole=shape(r"https?://smartapp\.tuya\.com/s/p\?p=(?P<product>[0-9A-Z]+)(?:[&#]\S*)?"),
        public={"product": "Product"},
    ),
    CodePattern(
        "smartthings",
        title="SmartThings device",
        verdict=Text("Only the SmartThings app can set up this device. Scan the code there."),
        whole=shape(r"https?://qr\.samsungiots\.(?:com|cn)/\?m=(?P<maker>[0-9A-Z]+)&s=\S+"),
        public={"maker": "Manufacturer"},
    ),
    CodePattern(
        "xiaomi",
        title="Xiaomi Home device",
        verdict=Text("Only the Xiaomi Home app can set up this device. Scan the code there."),
        whole=shape(r"https?://(?:g\.)?home\.mi\.com/\S+"),
    ),
    CodePattern(
        "aqara",
        title="Aqara device",
        verdict=Text("Only the Aqara Home app can set up this device. Scan the code there."),
        whole=shape(
            r"G\$M:(?P<model>[0-9A-Z]+)\$S:(?P<serial>[0-9A-Z]+)\$D:[0-9A-Z]+(?:[$%][0-9A-Z]:[^$%\s]*)*"
        ),
        public={"model": "Model", "serial": "Serial number"},
    ),
    CodePattern(
        "ezviz",
        title="Hikvision or EZVIZ device",
        verdict=Text(
            "Only the manufacturer's app can set up this device. Scan the code in the EZVIZ "
            "or Hik-Connect app."
        ),
        whole=shape(
            r"(?:https?://)?(?:www\.)?(?:ezvizlife|hik-connect|ys7)\.com/?[\r\n]+(?P<serial>[0-9A-Z]{9,})[\r\n]+"
            r"(?P<code>[A-Z]{6})(?:[\r\n]+\S*)*"
        ),
        public={"serial": "Serial number"},
        hidden={"code": "Verification code"},
    ),
    CodePattern(
        "dahua",
        title="Dahua or Imou device",
        verdict=Text(
            "Only the manufacturer's app can set up this device. Scan the code in the Imou or DMSS app."
        ),
        whole=shape(r"\{SN:(?P<serial>[0-9A-Z]{10,}),DT:[^{}]*\}"),
        public={"serial": "Serial number"},
    ),
    CodePattern(
        "fdo",
        title="FDO ownership voucher",
        verdict=Text(
            "This voucher assigns a device with FIDO Device Onboard, which Companion does not "
            "support. Load it into the onboarding service."
        ),
        whole=shape(r"-----BEGIN OWNERSHIP VOUCHER-----\s.*-----END OWNERSHIP VOUCHER-----"),
        start=shape(r"-----BEGIN OWNERSHIP VOUCHER-----"),
        name="FDO",
    ),
    CodePattern(
        "android",
        title="Android device enrolment",
        verdict=Text(
            "This enrols an Android phone or tablet. Scan it on the device after a factory reset, at its "
            "first screen."
        ),
        whole=shape(r"\{.*\"android\.app\.extra\.PROVISIONING_DEVICE_ADMIN_[A-Z_]+\".*\}"),
    ),
)

recognise = recogniser(PATTERNS)
