// Where the nodes live: a radio at the other end of the pipe, a network that ends in this computer, a folder.
import { Environment } from "@matter/main";
import { InterfaceType, Network } from "@matter/general";
import { NodeJsNetwork } from "@matter/nodejs";
import { Ble } from "@matter/protocol";
import { networkInterfaces } from "node:os";
import { options } from "./lines.mjs";
import { PipedBle } from "./radio.mjs";

const [LOOPBACK] = Object.entries(networkInterfaces()).find(([, addresses]) =>
    addresses.some(({ internal }) => internal),
);

/** matter.js leaves loopback out; here there is nothing else. */
class LoopbackNetwork extends NodeJsNetwork {
    // It would let the system choose where to listen to multicast, which never chooses loopback.
    static {
        NodeJsNetwork.getMembershipMulticastInterfaces = (_, ipv4) => [ipv4 ? "127.0.0.1" : `::%${LOOPBACK}`];
    }

    getNetInterfaces() {
        return [{ name: LOOPBACK, type: InterfaceType.Ethernet }];
    }
}

/** The environment of a node, and the transport that its radio is. */
export function surroundings(role) {
    const environment = Environment.default;
    environment.vars.set("log.level", options.verbosity ?? "warn");
    environment.vars.set("storage.path", options.store);
    environment.vars.set("mdns.networkInterface", LOOPBACK);
    environment.set(Network, new LoopbackNetwork());
    const ble = new PipedBle(role);
    environment.set(Ble, ble);
    return { environment, transport: ble.role };
}

/** Sockets of a node; without a port, any free one. */
export const sockets = port => ({ port: port ?? 0, listeningAddressIpv6: "::1", listeningAddressIpv4: "127.0.0.1" });
