// The network that a light joins, as a Network Commissioning cluster: the one network of `options`, with its one password.
import { NetworkCommissioningServer } from "@matter/main/behaviors/network-commissioning";
import { NetworkCommissioning } from "@matter/main/clusters/network-commissioning";
import { options, tell, toHex } from "./lines.mjs";

const { NetworkCommissioningStatus: Status, WiFiBand } = NetworkCommissioning;
const ssid = Buffer.from(options.ssid ?? "");
const same = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

/** Joining is the same whatever the network is. */
function joining(Base, known) {
    return class extends Base {
        given; // what the commissioner said last of the network

        remember(networkId, given) {
            JoiningState.given = given;
            this.state.networks = [{ networkId, connected: false }];
            return this.say(Status.Success, networkId, { networkIndex: 0 });
        }

        removeNetwork({ networkId }) {
            this.state.networks = [];
            return this.say(Status.Success, networkId, { networkIndex: 0 });
        }

        async connectNetwork({ networkId }) {
            if (options.oneRadio) tell("hangup");
            if (options.mute) await new Promise(() => {});
            const listed = this.state.networks.some(network => same(network.networkId, networkId));
            const status = listed ? known(networkId, JoiningState.given) : Status.NetworkIdNotFound;
            tell("joining", { network: toHex(networkId), status: Status[status] });
            this.state.networks = [{ networkId, connected: status === Status.Success }];
            const errorValue = status === Status.Success ? null : -1;
            this.state.lastConnectErrorValue = errorValue;
            return this.say(status, networkId, { errorValue });
        }

        say(networkingStatus, networkId, more) {
            this.state.lastNetworkingStatus = networkingStatus;
            this.state.lastNetworkId = networkId;
            return { networkingStatus, debugText: Status[networkingStatus], ...more };
        }
    };
}

// A behavior object lives for one command, so what was said lives here.
const JoiningState = { given: undefined };

class Wifi extends joining(NetworkCommissioningServer.with("WiFiNetworkInterface"), (network, password) => {
    if (!same(network, ssid)) return Status.NetworkNotFound;
    return same(password, Buffer.from(options.password)) ? Status.Success : Status.AuthFailure;
}) {
    scanNetworks() {
        const seen = {
            ssid,
            bssid: Buffer.from("02a1b2c3d4e5", "hex"),
            security: { wpa2Personal: true },
            channel: 11,
            wiFiBand: WiFiBand["2G4"],
            rssi: -52,
        };
        return { networkingStatus: Status.Success, wiFiScanResults: ssid.length ? [seen] : [] };
    }

    addOrUpdateWiFiNetwork({ ssid: network, credentials }) {
        tell("told", { network: toHex(network), secret: toHex(credentials) });
        return this.remember(network, credentials);
    }
}

/** The extended PAN id is the value of the dataset's element of type 2. */
function extendedPanId(dataset) {
    const bytes = Buffer.from(dataset);
    for (let at = 0; at + 2 <= bytes.length; at += 2 + bytes[at + 1]) {
        if (bytes[at] === 2) return bytes.subarray(at + 2, at + 2 + bytes[at + 1]);
    }
    return Buffer.alloc(8);
}

class Thread extends joining(NetworkCommissioningServer.with("ThreadNetworkInterface"), (_, dataset) =>
    same(dataset, Buffer.from(options.dataset, "hex")) ? Status.Success : Status.NetworkNotFound,
) {
    scanNetworks() {
        const dataset = Buffer.from(options.dataset, "hex");
        const seen = {
            panId: 0x1234,
            extendedPanId: extendedPanId(dataset).readBigUInt64BE(),
            networkName: "Threads",
            channel: 15,
            version: 4,
            extendedAddress: Buffer.from("0011223344556677", "hex"),
            rssi: -60,
            lqi: 3,
        };
        return { networkingStatus: Status.Success, threadScanResults: [seen] };
    }

    addOrUpdateThreadNetwork({ operationalDataset }) {
        const network = extendedPanId(operationalDataset);
        tell("told", { network: toHex(network), secret: toHex(operationalDataset) });
        return this.remember(network, operationalDataset);
    }
}

const common = {
    maxNetworks: 1,
    interfaceEnabled: true,
    networks: [],
    lastNetworkingStatus: null,
    lastNetworkId: null,
    lastConnectErrorValue: null,
    scanMaxTimeSeconds: 10,
    connectMaxTimeSeconds: 30,
};

/** The cluster and its state, by the kind of network. */
export const networks = {
    wifi: { server: Wifi, state: { ...common, supportedWiFiBands: [WiFiBand["2G4"]] } },
    thread: { server: Thread, state: { ...common, supportedThreadFeatures: {}, threadVersion: 4 } },
};
