// What a device shows of its origin: DAC, PAI and Certification Declaration under the published test roots, right, or
// wrong in the one way that `fault` names.
import { VendorId } from "@matter/main";
import { OperationalCredentialsServer } from "@matter/main/behaviors/operational-credentials";
import { AttestationCertificateManager, CertificationDeclaration } from "@matter/protocol";

/** The same octets, but for one bit at the end. */
function altered(bytes) {
    const copy = Uint8Array.from(bytes);
    copy[copy.length - 1] ^= 0x01;
    return copy;
}

export async function certification(crypto, vendor, product, fault) {
    const issuer = await AttestationCertificateManager.create(crypto, VendorId(vendor));
    const { keyPair, dac } = await issuer.getDACert(product);
    const shownIssuer =
        fault === "pai-of-another-key" ? await AttestationCertificateManager.create(crypto, VendorId(vendor)) : issuer;
    const declaration = await CertificationDeclaration.generate(
        crypto,
        VendorId(vendor),
        fault === "declared-product" ? product + 1 : product,
        fault === "declared-provisional",
    );
    return {
        privateKey: Uint8Array.from(keyPair.privateKey),
        certificate: fault === "dac-signature" ? altered(dac) : dac,
        intermediateCertificate: await shownIssuer.getPAICert(),
        declaration: fault === "declaration-signature" ? altered(declaration) : declaration,
    };
}

/** The cluster that answers for the device's origin, wrongly where asked to. */
export function credentials(fault) {
    async function answer(request, nonceName, faulty, answered) {
        const asked = fault === `${faulty}-nonce` ? { ...request, [nonceName]: altered(request[nonceName]) } : request;
        const response = await answered(asked);
        return fault === `${faulty}-signature`
            ? { ...response, attestationSignature: altered(response.attestationSignature) }
            : response;
    }

    return class extends OperationalCredentialsServer {
        attestationRequest(request) {
            return answer(request, "attestationNonce", "attestation", asked => super.attestationRequest(asked));
        }

        csrRequest(request) {
            return answer(request, "csrNonce", "csr", asked => super.csrRequest(asked));
        }
    };
}
