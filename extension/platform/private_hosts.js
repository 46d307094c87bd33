/**
 * @file Is an address in the user's own network? A page from outside must not lead us there.
 *
 * Decides: which names and IP addresses count as private: localhost, .local, names without a dot,
 * 10.*, 192.168.*, file:, IPv6.
 */

const PRIVATE_NAMES = /(?:^|\.)(?:localhost|local|internal|lan|home|home\.arpa|intranet)$/;

/**
 * @param {string} url
 * @returns {boolean}  Also for `file:` and for a name without a dot; not for data:, blob: and
 *     nothing.
 */
export function isPrivateHost(url) {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname } = new URL(url);
    if (protocol === 'file:') return true;
    if (!/^https?:$/.test(protocol)) return false;
    const name = hostname.replace(/\.$/, '');
    if (name.startsWith('[')) return isPrivateIpv6(name.slice(1, -1));
    if (/^[\d.]+$/.test(name)) return isPrivateIpv4(name);
    return !name.includes('.') || PRIVATE_NAMES.test(name);
}

/** @param {string} address  Four numbers: URL has made it so, whatever was written. */
function isPrivateIpv4(address) {
    const [one = 0, two = 0] = address.split('.').map(Number);
    return (
        [0, 10, 127].includes(one) ||
        (one === 100 && two >= 64 && two < 128) ||
        (one === 169 && two === 254) ||
        (one === 172 && two >= 16 && two < 32) ||
        (one === 192 && two === 168)
    );
}

/** @param {string} address  In the short form that URL gives it. */
function isPrivateIpv6(address) {
    const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address);
    if (mapped) {
        const [high, low] = [
            Number.parseInt(mapped[1] ?? '', 16),
            Number.parseInt(mapped[2] ?? '', 16),
        ];
        return isPrivateIpv4([high >> 8, high & 255, low >> 8, low & 255].join('.'));
    }
    return address === '::1' || address === '::' || /^(?:f[cd]|fe[89ab])/.test(address);
}
