// A light by matter.js that is commissioned over Bluetooth. Options:
//   passcode, discriminator, port, store
//   network "wifi" (ssid, password) or "thread" (dataset, hex): the only one that it can join
//   mute: it never says how joining went; oneRadio: joining ends its Bluetooth
//   fault: see origin.mjs
// Events beside the radio's: ready, told, joining, commissioned, decommissioned, light.
import { Crypto, Endpoint, ServerNode, VendorId } from "@matter/main";
import { OnOffLightDevice } from "@matter/main/devices/on-off-light";
import { options, tell } from "./lines.mjs";
import { networks } from "./networks.mjs";
import { certification, credentials } from "./origin.mjs";
import { sockets, surroundings } from "./surroundings.mjs";

const VENDOR = 0xfff1;
const PRODUCT = 0x8000;

const { environment } = surroundings("peripheral");
const network = networks[options.network ?? "wifi"];
const root = ServerNode.RootEndpoint.with(network.server, credentials(options.fault));
const node = await ServerNode.create(root, {
    id: "light",
    network: { ...sockets(options.port), ble: true, discoveryCapabilities: { ble: true, onIpNetwork: false } },
    commissioning: { passcode: options.passcode, discriminator: options.discriminator },
    productDescription: { name: "Foreign light", deviceType: OnOffLightDevice.deviceType },
    basicInformation: {
        vendorId: VendorId(VENDOR),
        vendorName: "Others",
        productId: PRODUCT,
        productName: "Foreign light",
        serialNumber: "F-1",
        uniqueId: "foreign-light-1",
    },
    generalCommissioning: { supportsConcurrentConnection: !options.oneRadio },
    operationalCredentials: {
        certification: await certification(environment.get(Crypto), VENDOR, PRODUCT, options.fault),
    },
    networkCommissioning: network.state,
});
const lamp = await node.add(new Endpoint(OnOffLightDevice, { id: "lamp" }));
lamp.events.onOff.onOff$Changed.on(on => tell("light", { on }));
node.lifecycle.commissioned.on(() => tell("commissioned"));
node.lifecycle.decommissioned.on(() => tell("decommissioned"));
await node.start();
const { qrPairingCode, manualPairingCode } = node.state.commissioning.pairingCodes;
tell("ready", { qr: qrPairingCode, digits: manualPairingCode });
