/**
 * @file Huffman codes as deflate wants them (RFC 1951, 3.2.2).
 */

const LONGEST_CODE = 15;

/**
 * Lengths of Huffman codes, none longer than 15 bits.
 *
 * @param {Uint32Array} counts
 * @returns {Uint8Array}
 */
export function codeLengths(counts) {
    let weights = Array.from(counts);
    for (;;) {
        const lengths = huffmanDepths(weights);
        if (lengths.every((length) => length <= LONGEST_CODE)) return lengths;
        // Flatter weights give shorter codes.
        weights = weights.map((weight) => (weight + 1) >> 1);
    }
}

/**
 * @param {number[]} weights
 * @returns {Uint8Array}  0 where the weight is 0.
 */
function huffmanDepths(weights) {
    const used = [...weights.keys()].filter((symbol) => weights[symbol]);
    used.sort((a, b) => /** @type {number} */ (weights[a]) - /** @type {number} */ (weights[b]));
    const depths = new Uint8Array(weights.length);
    if (used.length === 1) depths[/** @type {number} */ (used[0])] = 1;
    // Two queues, both in order: leaves, and the nodes that are made of the smallest two.
    const sums = used.map((symbol) => /** @type {number} */ (weights[symbol]));
    const parents = new Int32Array(2 * used.length);
    let leaf = 0;
    let node = used.length;
    for (let made = used.length; made < 2 * used.length - 1; made++) {
        sums[made] = 0;
        for (let pick = 0; pick < 2; pick++) {
            const isLeaf =
                leaf < used.length && (node >= made || (sums[leaf] ?? 0) <= (sums[node] ?? 0));
            const chosen = isLeaf ? leaf++ : node++;
            sums[made] = (sums[made] ?? 0) + (sums[chosen] ?? 0);
            parents[chosen] = made;
        }
    }
    const levels = new Int32Array(2 * used.length);
    for (let at = 2 * used.length - 3; at >= 0; at--) {
        levels[at] = (levels[parents[at] ?? 0] ?? 0) + 1;
        if (at < used.length) depths[used[at] ?? 0] = levels[at] ?? 0;
    }
    return depths;
}

/**
 * Canonical codes, the first bit lowest, as deflate wants them.
 *
 * @param {Uint8Array} lengths
 */
export function reversedCodes(lengths) {
    const codes = new Uint16Array(lengths.length);
    let code = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
        for (let symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] === length) codes[symbol] = reversed(code++, length);
        }
        code <<= 1;
    }
    return codes;
}

/**
 * @param {number} value
 * @param {number} bits
 */
export function reversed(value, bits) {
    let result = 0;
    for (let at = 0; at < bits; at++) result |= ((value >> at) & 1) << (bits - 1 - at);
    return result;
}
