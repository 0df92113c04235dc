"""Run by the Python that has `home-assistant-chip-core`: commission a device, switch it on, read it.

`controller.py PASSCODE DISCRIMINATOR ROOTS FOLDER`. The last line on standard output is JSON: "product" and
"on", or "error".
"""

import asyncio
import json
import os
import sys

import chip.native

passcode, discriminator, roots, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
chip.native.Init()

# These want the native library up.
import chip.clusters  # noqa: E402
from chip import CertificateAuthority  # noqa: E402
from chip.ChipStack import ChipStack  # noqa: E402
from chip.discovery import FilterType  # noqa: E402

NODE, VENDOR = 0x77, 0xFFF1
stack = ChipStack(persistentStoragePath=f"{folder}/store.json", enableServerInteractions=False)
# In a variable, because it ends the process when it is collected.
manager = CertificateAuthority.CertificateAuthorityManager(stack, stack.GetStorageManager())
fabric = manager.NewCertificateAuthority().NewFabricAdmin(vendorId=VENDOR, fabricId=1)
controller = fabric.NewController(nodeId=112233, paaTrustStorePath=roots)


async def commission() -> dict[str, object]:
    chosen = {"filterType": FilterType.LONG_DISCRIMINATOR, "filter": discriminator}
    await controller.CommissionOnNetwork(NODE, passcode, **chosen)
    basic, on_off = chip.clusters.BasicInformation, chip.clusters.OnOff
    await controller.SendCommand(NODE, 1, on_off.Commands.On())
    wanted = [(0, basic.Attributes.ProductName), (1, on_off.Attributes.OnOff)]
    read = await controller.ReadAttribute(NODE, wanted)
    product = read[0][basic][basic.Attributes.ProductName]
    return {"product": product, "on": read[1][on_off][on_off.Attributes.OnOff]}


try:
    said = asyncio.run(commission())
except Exception as error:  # whatever it is, it is the result
    said = {"error": repr(error)}
print(json.dumps(said), flush=True)
os._exit(0)  # its threads do not end by themselves
