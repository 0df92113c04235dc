"""Octets that another implementation made: Silvair's bluetooth-mesh-network 0.9.5 and -messages 0.9.13.

Made once with the keys and the IV index of the sample data; the packages are not needed here.
"""

from __future__ import annotations

KEY = bytes(range(16))
"""Every key within a message."""

FILTER_TYPE = "687a8fc396d27ea96450124cabcd3b6a253922"
"""From 0x0001, sequence number 5: the filter accepts."""
FILTER_ADD = "68ac8e7de7a7d2fb294105bee77bdeb75ddd89e475e776d6"
"""Sequence number 6: 0x0001, 0x0002 and 0xC001 are added."""
SHORT = "683a6b7ce9157843c936d18bb4edcc4bd2e6464e2d50"
"""From 0x0003 to 0x1201, TTL 7, sequence number 0x3129ab, application key: 82 02 01 22."""
LONG = (
    "68794f0d24986d0afba8463d47b6f6ae10892e6307d94f673ebdf92d52",
    "68cac0942f375e6cae0c832bf9cc364d3e1de96175f1cf7f6c31ff4de1",
    "68be4f0f5748960e2f912dd6b92b715a1bb3d1233ebd8854a8aecf4bac",
    "6812dd909efcd19d04049467012468bc1aa4fafb4d396b51b51801aa16",
    "6813908b2255ca92c76bdce6502bbc499ce24432ffbcb01b1ce3da473a",
    "68633ef533b05b02042824fede8c27782aee6193b65e1cd6bf29b77727",
    "685572eb2790a56d508d9545ac11b70d49b77c1d7bf10aea129cea8979",
    "682e1a642a02bf0502dee4dd33d2f1f16d7bd5a157a40b87fa60f0aba5",
    "6840d18e0204f38615d1e27d3059734c4999e2ed3ef0f700c1c0e2e46b",
)
"""The same with the device key and TTL 4: the octets 0 to 99."""

ACCESS = {
    "appkey_add": "00563412000102030405060708090a0b0c0d0e0f",
    "appkey_update": "01012000000102030405060708090a0b0c0d0e0f",
    "appkey_status": "800306563412",
    "appkey_delete": "8000563412",
    "netkey_add": "80405604000102030405060708090a0b0c0d0e0f",
    "netkey_update": "80455604000102030405060708090a0b0c0d0e0f",
    "netkey_delete": "80415604",
    "netkey_status": "8044045604",
    "key_refresh_get": "80155604",
    "key_refresh_set": "8016560402",
    "key_refresh_status": "801700560402",
    "bind": "803d341223010010",
    "bind_vendor": "803d3412230159000010",
    "unbind": "803f341223010010",
    "bind_status": "803e02341223010010",
    "publication_set": "03341201c0231107450a0010",
    "publication_get": "801834120010",
    "subscription_add": "801b341201c00010",
    "subscription_delete": "801c341201c00010",
    "reset": "8049",
    "reset_status": "804a",
    "composition_get": "800800",
    "composition_status": "02000c001a0001000800030000010501000000800100001003103f002a00",
    "onoff_get": "8201",
    "onoff_set": "82020122",
    "onoff_set_fading": "82020122050a",
    "onoff_set_unacknowledged": "82030022",
    "onoff_status": "820401",
    "onoff_status_fading": "8204000105",
}
"""Access messages."""
