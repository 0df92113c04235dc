// matter.js's own commissioner, once: finds a device, commissions it, says how it went. Options:
//   passcode, discriminator, ssid, password, store
//   overNetwork: the device waits on the network, where another controller let it; otherwise on Bluetooth
//   place: "::1:5540", where the device is once it is on the network; without it, mDNS is asked
//   onFindings: "default", "accept" or "refuse" what is wrong with the device's attestation
//   seconds: for finding it and for PASE
// Events beside the radio's: online, step, findings, and at the end commissioned or failed. `ms` is since the call, `sincePase`
// since the first message.
import { Seconds, ServerNode } from "@matter/main";
import { ControllerBehavior } from "@matter/node";
import { ControllerCommissioningFlow, PeerSet } from "@matter/protocol";
import { options, tell } from "./lines.mjs";
import { sockets, surroundings } from "./surroundings.mjs";

const { transport } = surroundings("central");
const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
    id: "commissioner",
    network: { ...sockets(), ble: false }, // true would make it advertise
    controller: { adminFabricLabel: "Others", ble: true },
});
await node.start();
tell("online");

if (options.place) {
    const colon = options.place.lastIndexOf(":");
    const place = { type: "udp", ip: options.place.slice(0, colon), port: Number(options.place.slice(colon + 1)) };
    node.env.get(PeerSet).added.on(peer => {
        peer.descriptor.operationalAddress = place;
    });
}

const began = performance.now();
const passed = () => {
    const now = performance.now();
    const first = transport.latest?.firstMessageAt ?? now;
    return { ms: now - began, sincePase: now - first };
};

class ToldFlow extends ControllerCommissioningFlow {
    async executeCommissioning() {
        for (const step of this.commissioningSteps) {
            const walked = step.stepLogic;
            step.stepLogic = async (...given) => {
                const result = await walked.apply(step, given);
                tell("step", { name: step.name, ...passed() });
                return result;
            };
        }
        return super.executeCommissioning();
    }
}

function onAttestationFailure(findings) {
    tell("findings", { kinds: findings.map(({ check, type, kind }) => String(check ?? type ?? kind)) });
    return options.onFindings !== "refuse";
}

/** An error and what caused it, as sentences. */
function* sentences(error) {
    for (let cause = error; cause; cause = cause.cause) yield cause.message;
}

try {
    await node.peers.commission({
        passcode: options.passcode,
        discriminator: options.discriminator,
        discoveryCapabilities: { ble: !options.overNetwork, onIpNetwork: options.overNetwork },
        wifiNetwork: options.overNetwork ? undefined : { wifiSsid: options.ssid, wifiCredentials: options.password },
        timeout: Seconds(options.seconds ?? 15),
        commissioningFlowImpl: ToldFlow,
        onAttestationFailure: options.onFindings === "default" ? undefined : onAttestationFailure,
    });
    tell("commissioned", passed());
} catch (error) {
    tell("failed", { causes: [...sentences(error)], ...passed() });
}
