// Matter over Bluetooth with the radio at the other end of the pipe. GATT is the test's; BTP and all above it is
// matter.js's own.
import { ChannelType } from "@matter/general";
import { Ble, BleChannel, BtpCodec, BtpSessionHandler } from "@matter/protocol";
import { call, hangUp, hear, ofHex, tell, toHex } from "./lines.mjs";

const LARGEST_ATT_MTU = 247; // BTP has no use for more
const VERSION = 4;
const WINDOW = 6;
const HANDSHAKE_SECONDS = 5;

/** One link. `opening` is a promise of its BTP session. */
class PipedChannel extends BleChannel {
    opening;
    firstMessageAt;
    #enders = new Set();

    constructor(name) {
        super();
        this.name = name;
    }

    async send(message) {
        this.firstMessageAt ??= performance.now();
        const session = await this.opening;
        await session.sendMatterMessage(message);
    }

    /** A segment arrived. What it leads to may fail with the link, which the session ends by itself. */
    take(segment) {
        this.opening.then(session => session.handleIncomingBleData(segment)).catch(() => undefined);
    }

    onClose(listener) {
        this.#enders.add(listener);
        return { close: async () => void this.#enders.delete(listener) };
    }

    async close() {
        try {
            await (await this.opening)?.close();
        } catch {
            // it never opened
        }
        for (const ended of this.#enders) ended();
        this.#enders.clear();
        this.emitClosed();
    }

    // Messages go to whoever listens to the transport.
    async *[Symbol.asyncIterator]() {}
}

/** A transport whose messages come over one channel at a time. */
class PipedTransport {
    channel;
    #listeners = new Set();

    supports(type) {
        return type === ChannelType.BLE;
    }

    onData(listener) {
        this.#listeners.add(listener);
        return { close: async () => void this.#listeners.delete(listener) };
    }

    arrived = async (channel, message) => {
        for (const listener of this.#listeners) listener(channel, message);
    };

    async lost() {
        hangUp("the link is gone");
        const { channel } = this;
        this.channel = undefined;
        await channel?.close();
    }

    async close() {}
}

/** The device's side. */
class Peripheral extends PipedTransport {
    #request; // the handshake, which is written before the central subscribes

    constructor() {
        super();
        hear("written", ({ value }) => {
            if (this.channel) this.channel.take(ofHex(value));
            else this.#request = ofHex(value);
        });
        hear("subscribed", ({ mtu }) => this.#open(mtu));
        hear("lost", () => {
            this.#request = undefined;
            return this.lost();
        });
    }

    #open(mtu) {
        if (!this.#request || this.channel) return;
        const channel = (this.channel = new PipedChannel("ble://commissioner"));
        channel.opening = BtpSessionHandler.createFromHandshakeRequest(
            mtu - 3,
            this.#request,
            segment => call("indicate", { value: toHex(segment) }),
            async () => tell("hangup"),
            message => this.arrived(channel, message),
        );
        channel.opening.catch(error => tell("hangup", { reason: error.message }));
    }

    async advertise(data, additional, interval) {
        tell("advertise", {
            data: toHex(data),
            additional: toHex(additional ?? []),
            interval: Number(interval ?? 20), // milliseconds
        });
    }

    async stopAdvertising() {
        tell("silent");
    }

    async openChannel() {
        throw new Error("a peripheral waits for others");
    }
}

/** The commissioner's side. */
class Central extends PipedTransport {
    latest; // the last link, also when it is gone
    #handshake; // what waits for the first indication

    constructor() {
        super();
        hear("indicated", ({ value }) => {
            const waiting = this.#handshake;
            this.#handshake = undefined;
            if (waiting) waiting(ofHex(value));
            else this.channel?.take(ofHex(value));
        });
        hear("lost", () => this.lost());
    }

    async openChannel({ peripheralAddress }) {
        const { mtu } = await call("connect", { address: peripheralAddress });
        const channel = (this.latest = this.channel = new PipedChannel(`ble://${peripheralAddress}`));
        channel.opening = this.#shakeHands(channel, Math.min(mtu, LARGEST_ATT_MTU));
        await channel.opening;
        return channel;
    }

    async #shakeHands(channel, attMtu) {
        const write = segment => call("write", { value: toHex(segment) });
        const answered = new Promise((resolve, reject) => {
            this.#handshake = resolve;
            setTimeout(() => reject(new Error("no answer to the handshake")), HANDSHAKE_SECONDS * 1000).unref();
        });
        answered.catch(() => undefined);
        await write(BtpCodec.encodeBtpHandshakeRequest({ versions: [VERSION], attMtu, clientWindowSize: WINDOW }));
        await call("subscribe");
        return BtpSessionHandler.createAsCentral(
            await answered,
            write,
            async () => tell("hangup"),
            message => this.arrived(channel, message),
        );
    }
}

/** Devices that wait to be commissioned, as the radio hears them. */
class Ears {
    type = ChannelType.BLE;
    #heard = new Map(); // address -> device
    #searches = new Set();

    constructor() {
        hear("heard", ({ address, data }) => {
            const service = Buffer.from(data, "hex");
            if (service.length < 8 || service[0] !== 0) return;
            const [discriminator, vendor, product] = [1, 3, 5].map(at => service.readUInt16LE(at));
            const device = {
                deviceIdentifier: address,
                addresses: [{ type: "ble", peripheralAddress: address }],
                D: discriminator & 0xfff,
                VP: `${vendor}+${product}`,
                CM: 1,
            };
            this.#heard.set(address, device);
            for (const { found } of this.#searches) found(device);
        });
    }

    async findCommissionableDevicesContinuously(wanted, found, timeout, cancelled) {
        const known = new Map();
        const search = {
            wanted,
            found(device) {
                if (known.has(device.deviceIdentifier) || !fits(device, wanted)) return;
                known.set(device.deviceIdentifier, device);
                found(device);
            },
        };
        const over = new Promise(resolve => {
            search.over = resolve;
            if (timeout !== undefined) setTimeout(resolve, Number(timeout)).unref();
        });
        this.#searches.add(search);
        tell("scan");
        await Promise.race(cancelled ? [over, cancelled] : [over]);
        this.#searches.delete(search);
        if (this.#searches.size === 0) tell("scanned");
        return [...known.values()];
    }

    getDiscoveredCommissionableDevices(wanted) {
        return [...this.#heard.values()].filter(device => fits(device, wanted));
    }

    cancelCommissionableDeviceDiscovery() {
        for (const { over } of this.#searches) over();
    }

    async close() {
        this.cancelCommissionableDeviceDiscovery();
    }
}

function fits(device, { longDiscriminator, shortDiscriminator }) {
    if (longDiscriminator !== undefined) return device.D === longDiscriminator;
    return shortDiscriminator === undefined || device.D >> 8 === shortDiscriminator;
}

/** To be set as matter.js's `Ble` before any node is made. role: "peripheral" or "central". */
export class PipedBle extends Ble {
    constructor(role) {
        super();
        this.role = role === "central" ? new Central() : new Peripheral();
        this.ears = new Ears();
    }

    get peripheralInterface() {
        return this.role;
    }

    get centralInterface() {
        return this.role;
    }

    get scanner() {
        return this.ears;
    }
}
