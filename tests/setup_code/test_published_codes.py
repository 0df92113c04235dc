"""Codes as they are published, each with its source: none is named wrongly, and none crashes when cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CodeMalformed
from companion.protocols import recognise
from companion.setup_code.ecosystems import zigbee
from companion.setup_code.ecosystems.non_devices import NON_DEVICES

DPP_KEY = "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADM2206avxHJaHXgLMkq/24e0rsrfMP9K1Tm8gx+ovP0I="
ZIGPY = "zigpy, tests/test_util.py"
HERDSMAN = "zigbee-herdsman, test/controller.test.ts"

# Ecosystem, text, where it is published.
PUBLISHED = [
    ("zigbee", "HUE:Z:2E5D2E5F401B82F1A45621A50B551F726101 M:001788010CE5C843 D:H2504 A:2266", ZIGPY),
    ("zigbee", "Z:943469FFFE05CE55$I:FC5ECD1E8DFD3E0603E3689F8D0226BBF80B", ZIGPY),
    ("zigbee", "000D6FFFFE63CCA0|58A4DD6123F38ECF22B17FDA0D95A43DED19", ZIGPY),
    (
        "zigbee",
        "G$M:69775$S:680S00003915$D:0000000017B2335C%Z$A:54EF44100006E7DF$I:3313A005E177A647FC7925620AB207C4BEF5",
        ZIGPY,
    ),
    (
        "zigbee",
        "Z:4CC206FFFE805E7A$I:560BCC1FF50E704B9BA93A5CA817C35E799F$D:202%B:4CC206805E7A$P:613727%M:1220$F:0024",
        ZIGPY,
    ),
    (
        "zigbee",
        "RB01SG0D8310182648007000000000000000000094DEB8FFFE41F6D6DLKA87710C3E5C332E5327EE532C3C310E5DFE0",
        ZIGPY,
    ),
    (
        "zigbee",
        "RB01SG0D836591B3CC0010000000000000000000000D6F0017E0870CDLK999F98A7DFBCA6DD3955823AD9089631",
        ZIGPY,
    ),
    ("zigbee", "HUE:Z:0123456789ABCDEF0123456789ABCDEF0123 M:0123456789ABCDEF D:L3B A:1184", HERDSMAN),
    ("zigbee", "G$M:IC2%Z:540F57FFFE599FAA$I:D79CB21C6D197CE7A3339A683A90DFF2442A%M:1246", HERDSMAN),
    ("zigbee", "Z$A:DC8E95FFFE35782B$I:4A3A4F404B4D3E3D3E3E414D403D3C3B837F", "zigbee2mqtt, issue 24087"),
    (
        "zigbee",
        "ZB10SG0D83101823480040000000000000000000F4CE36D88AB8B6FDDLK00112233445566778899AABBCCDDEEFF528F",
        "Nordic, Zigbee shell test",
    ),
    ("zigbee", "83FED3407A939723A5C639B26916D505C3B5", "Zigbee BDB 13-0402, 10.1.1"),
    ("zigbee", "83FE D340 7A93 9723 A5C6 39B2 6916 D505 C3B5", "Silicon Labs AN1089"),
    (
        "zigbee",
        "83 FE D3 40 7A 93 97 23 A5 C6 39 B2 69 16 D5 05 C3 B5",
        "Silicon Labs AN1089, octet by octet",
    ),
    ("zigbee", "Install code: 83FED3407A939723A5C639B26916D505C3B5", "a copied line"),
    ("zigbee", "5279-7BF4-A508-4DAA-8E17-12B6-1741-CA02-4051", "Home Assistant, tests of zha"),
    (
        "lorawan",
        "LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB1122:OAABBCCDDEEFF:SYYWWNNNNNN:PFOOBAR:CAF2C",
        "TR005",
    ),
    (
        "lorawan",
        "LW:D0:1111111111111111:2222222222222222:00000000:O123456",
        "The Things Stack, pkg/qrcodegenerator",
    ),
    ("lorawan", "LW:D0:0000000000000000:34c5d0fa68ceffa5:FFFF0BEB:S241218QR10005", "Lindstrom HSM"),
    ("esim", "LPA:1$smdp.io$4K-1M7L9N-1FGG29N", "public test profile of smdp.io"),
    ("esim", "LPA:1$consumer.rsp.global$", "GSMA SGP.22, 4.1: without a matching ID"),
    ("esim", "LPA:1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815$1.3.6.1.4.1.31746$1", "GSMA SGP.22, 4.1"),
    (
        "homematic-ip",
        "EQ01SG3014F711A0000E0000000A05DLK0123456789ABCDEFFEDCBA9876543210",
        "tests of a CCU client",
    ),
    ("homematic-ip", "3014-F711-A000-03D5-69A1-2345", "printed beside the code"),
    ("knx", "KNX:S:00FA10010713;P:0MK4U5LV950ST3VRXL8G", "KNX-IOT, knx_eink_battleships"),
    ("knx", "KNX:S:00fa10010710;P:4N6AFK6T83YWDUTW23U2", "KNX-IOT, knx_iot_router"),
    (
        "enocean",
        "30S01700100+Z0123456789ABCDEF0123456789ABCDEF+30PS3271-A215+2PDA03+S01432902018866",
        "PTM 215ZE manual",
    ),
    ("enocean", "30S000001910EB8+1P000C00000002+10Z00+11ZFFFFFFFE", "ViCOS, IoT label"),
    ("enocean", "30S0000FEFEAE38+1P004B0CD50001+10Z00+20ZRockerButton", "ViCOS, existing sensors"),
    (
        "weave",
        "1V:1$P:1$R:2$D:180502$S:18B4300000000004$L:000D6F000DA80466$W:5CF370800E77$C:AB713H$",
        "OpenWeave",
    ),
    (
        "tuya",
        "https://smartapp.tuya.com/s/p?p=9sq9uydcv0aggmh5&uuid=6caca3de5cc488ef943wlm&v=2.0",
        "Tuya, T5 demo",
    ),
    (
        "smartthings",
        "https://qr.samsungiots.com/?m=fFPg&s=001&r=STDKtestABCD1234",
        "SmartThings SDK, QR code",
    ),
    ("xiaomi", "https://home.mi.com/do/home.html?f=xz&p=76724&d=1&m=2&O=3", "MaixPy, miot"),
    ("aqara", "G$M:751$S:357S00001579$D:000000000F350FFD", "the part before %Z of an Aqara label"),
    ("matter", "MT:Y.K9042C00KA0648G00", "Matter SDK, esp32 README"),
    ("matter", "MT:-24J0AFN00KA0648G00", "Matter SDK, all-clusters"),
    ("matter", "MT:W0GU2OTB00KA0648G00", "Matter SDK, bl602"),
    ("matter", "MT:4CT91AFN00YHEE7E300", "NXP, chip-tool pairing window"),
    ("matter", "I (1614) chip[SVR]: SetupQRCode: [MT:Y.K9042C00KA0648G00]", "Matter SDK's log"),
    (
        "matter",
        "https://dhrishi.github.io/connectedhomeip/qrcode.html?data=MT%3AW0GU2OTB00KA0648G00",
        "Matter SDK's log",
    ),
    ("matter", "[1663675289] CHIP:CTL: Manual pairing code: [36281602573]", "chip-tool's log"),
    ("matter", "34970112332", "Matter SDK"),
    ("matter", "3497-011-2332", "as printed"),
    ("matter", "749701123309050200434", "Matter SDK, long manual pairing code"),
    ("matter", "20202021", "Matter SDK's passcode"),
    ("homekit", "X-HM://0081YCYEP3QYT", "HomeKit ADK"),
    ("homekit", "X-HM://0023ISYWY8H2B", "HAP-NodeJS"),
    ("homekit", "466\u201337\u2013726", "the same, from a document"),
    ("homekit", "466-37-726", "HomeSpan's default"),
    ("digits", "46637726", "HomeSpan's default in one piece"),
    ("dpp", f"DPP:C:81/1,115/36;I:SN=4774LH2b4044;M:010203040506;K:{DPP_KEY};;", "hostap, tests/hwsim"),
    (
        "zwave",
        "900132782003515253545541424344453132333435212223242500100435301537022065520001000000300578",
        "SDS13937",
    ),
    ("zwave", "51525-35455-41424-34445-31323-33435-21222-32425", "SDS13937"),
    ("zwave", "51525 35455 41424 34445 31323 33435 21222 32425", "as printed"),
    ("zwave", "5152535455414243444531323334352122232425", "SDS13937, as in the QR code"),
    ("zwave", "zws2dsk:51525-35455-41424-34445-31323-33435-21222-32425", "zwave-js, 5205"),
    ("thread", "v=1&&eui=0000b57fffe15d68&&cc=J01NU5", "OpenThread"),
    (
        "thread-network",
        "0e080000000000010000000300001035060004001fffe0020811111111222222220708fdad70bfe5aa15dd051000112233445566778899"
        "aabbccddeeff030e4f70656e54687265616444656d6f010212340410445f2b5ca6f2a93a55ce570a70efeecb0c0402a0f7f8",
        "Home Assistant, tests of thread",
    ),
    ("amazon", "ABV:OB01;SERNUM:G3A0PA01802300PE;PID:ebK3;UPC:012345678901;", "Amazon, 2D barcodes"),
    ("wifi", "WIFI:T:WPA;S:mynetwork;P:mypass12;;", "ZXing"),
    ("wifi", "WIFI:T:WPA2-EAP;S:work;E:PEAP;PH2:MSCHAPV2;I:me;P:secret12;;", "ZXing"),
    (
        "espressif",
        '{"ver":"v1","name":"PROV_F85D50","username":"wifiprov","pop":"abcd1234","transport":"ble"}',
        "ESP-IDF",
    ),
    (
        "espressif",
        'https://espressif.github.io/esp-jumpstart/qrcode.html?data={"ver":"v1","name":"PROV_F85D50","pop":"abcd1234",'
        '"transport":"softap"}',
        "ESP-IDF's log",
    ),
    ("contact", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;Jane\r\nEND:VCARD", "RFC 2426"),
    ("contact", "MECARD:N:Owen,Sean;ADR:76 9th Avenue;TEL:12125551212;;", "ZXing"),
    ("calendar", "BEGIN:VEVENT\r\nSUMMARY:Test\r\nDTSTART:20260101T100000Z\r\nEND:VEVENT", "ZXing"),
    ("phone", "tel:+12125551212", "ZXing"),
    ("phone", "+49 30 901820", "as people write it"),
    ("phone", "SMSTO:+12125551212:hello", "ZXing"),
    ("mail", "mailto:someone@yoursite.com", "ZXing"),
    ("place", "geo:40.71872,-73.98905,100", "ZXing"),
    (
        "login",
        "otpauth://totp/ACME:john@example.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME",
        "Key URI format",
    ),
    ("payment", "bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W?amount=20.3", "BIP 21"),
    (
        "vpn",
        "[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\nAddress = 10.0.0.2/32",
        "WireGuard",
    ),
    ("product", "4006381333931", "EAN-13"),
    ("product", "036000291452", "UPC-A"),
    ("product", "(01)09506000134352(21)1234ABC", "GS1"),
    ("product", "S/N: AB12-34567", "a label"),
    ("product", "A4:CF:12:0B:1C:2D", "a label"),
    ("guid", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "RFC 9562, section 4"),
    ("guid", "urn:uuid:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "RFC 9562, section 4"),
    ("url", "https://www.ikea.com/manuals", "a label"),
    ("unknown", "door code 4711", "none"),
    ("unknown", "0123456789ABCDEF0123456789ABCDEF0123", "18 octets without their CRC"),
    ("unknown", "4006381333932", "an EAN-13 with a wrong digit"),
]

TEXTS = [text for _, text, _ in PUBLISHED]


@pytest.mark.parametrize(("ecosystem", "text", "source"), PUBLISHED, ids=TEXTS)
def test_a_published_code_is_named(ecosystem: str, text: str, source: str) -> None:
    code = recognise(text)
    assert code.ecosystem == ecosystem, source
    assert str(code.verdict).endswith(".")
    assert text not in repr(code.text)


# Digits without a mark are told by their number: a piece of a barcode can be a manual pairing code.
MARKED = [published for published in PUBLISHED if not published[1].isdigit()]


@given(st.sampled_from(MARKED), st.data())
def test_what_is_left_of_a_code_is_not_named_as_another_device(
    published: tuple[str, str, str], data: st.DataObject
) -> None:
    """A piece is damaged, unknown, the same kind, or no device; nobody is sent to a wrong app."""
    ecosystem, text, _ = published
    piece = text[: data.draw(st.integers(1, len(text) - 1))]
    try:
        code = recognise(piece)
    except CodeMalformed as error:
        assert error.facts["kind"]
        return
    # Aqara's labels begin with what names the maker, before what Zigbee needs.
    assert code.ecosystem in {
        ecosystem,
        "aqara" if piece.startswith("G$M:") else "unknown",
        "unknown",
        "url",
        "digits",
        *NON_DEVICES,
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("HUE:Z:2E5D2E5F401B82F1 M:001788010CE5C843", "Zigbee"),
        ("Z:943469FFFE05CE55$I:FC5ECD1E8DFD3E06", "Zigbee"),
        ("000D6FFFFE63CCA0|58A4DD6123", "Zigbee"),
        ("RB01SG0D8310182648007000000000000000", "Zigbee"),
        ("LW:D0:1122334455667788:AABBCCDD", "LoRaWAN"),
        ("lpa:1$", "eSIM"),
        ("EQ01SG3014F711A0000E00", "Homematic IP"),
        ("KNX:S:00FA1001", "KNX IoT"),
        ("30S01700100+", "EnOcean"),
        ("1V:1$P:1$R:2", "Weave"),
        ("-----BEGIN OWNERSHIP VOUCHER-----\nhB", "FDO"),
        ("v=1&&eui=0000b57fffe1", "Thread"),
        ("mt:y.k9042c00", "Matter"),
        ("x-hm://0081", "HomeKit"),
        ("DPP:K:MDkw", "Wi-Fi Easy Connect"),
        ("zws2dsk:51525-35455", "Z-Wave"),
    ],
)
def test_a_damaged_code_says_which_kind(text: str, kind: str) -> None:
    with pytest.raises(CodeMalformed) as raised:
        recognise(text)
    assert raised.value.facts["kind"] == kind


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Z:943469FFFE05CE55$I:FC5ECD1E8DFD3E0603E3689F8D0226BBF80B", "FC5ECD1E8DFD3E0603E3689F8D0226BBF80B"),
        ("KNX:S:00FA10010713;P:0MK4U5LV950ST3VRXL8G", "0MK4U5LV950ST3VRXL8G"),
        ("LPA:1$smdp.io$4K-1M7L9N-1FGG29N", "4K-1M7L9N-1FGG29N"),
        ("EQ01SG3014F711A0000E0000000A05DLK0123456789ABCDEFFEDCBA9876543210", "FEDCBA9876543210"),
        (PUBLISHED[24][1], "0123456789ABCDEF0123456789ABCDEF"),
        ("otpauth://totp/a?secret=HXDMVJECJJWSRB3H", "HXDMVJECJJWSRB3H"),
        ("46637726", "46637726"),
    ],
)
def test_what_gives_access_is_a_secret(text: str, secret: str) -> None:
    code = recognise(text)
    shown = repr(code) + "".join(str(field.value) for field in code.fields) + str(code.verdict)
    assert secret.lower() not in shown.lower()


def test_an_install_code_with_a_wrong_digit_is_warned_of() -> None:
    right = recognise("Z:000D6FFFFED4163B$I:52797BF4A5084DAA8E1712B61741CA024051")
    wrong = recognise("Z:000D6FFFFED4163B$I:52797BF4A5084DAA8E1712B61741CA024052")
    assert not right.findings
    assert "Compare the code with the label" in str(wrong.findings[0].sentence)
    assert isinstance(right.payload, zigbee.ZigbeeCode)
    assert right.payload.eui64 == "000d6ffffed4163b"


@pytest.mark.parametrize(
    "text",
    ["hello world", "tel:", "geo:here", "LPA", "sn", "serial: something", "a://", "00000000000000", "Z:1"],
)
def test_words_are_not_codes(text: str) -> None:
    assert recognise(text).ecosystem == "unknown"
