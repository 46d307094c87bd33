/** @file Huffman codes as deflate wants them (RFC 1951, 3.2.2), none longer than twelve bits. */

/** Literals, the end of a block, and lengths. */
export const SYMBOLS: u32 = 286;
/** Four codes then fit beside seven waiting bits into 64; deflate allows three bits more. */
const LONGEST: u32 = 12;

/** For each symbol, of 32 bits each: how often it comes. */
export const COUNTS: usize = memory.data(<i32>(4 * SYMBOLS));
/** For each symbol: the length of its code, 0 without one; and the code, its first bit lowest. */
export const LENGTHS: usize = memory.data(<i32>(4 * SYMBOLS));
export const CODES: usize = memory.data(<i32>(4 * SYMBOLS));

/** The symbols in use, the rarest first. */
const ORDER: usize = memory.data(<i32>(4 * SYMBOLS));
/** Weights of leaves and inner nodes, and the places of their parents, in order of weight. */
const WEIGHTS: usize = memory.data(<i32>(8 * SYMBOLS));
const PARENTS: usize = memory.data(<i32>(8 * SYMBOLS));
/** How many codes there are of each length. */
const OF_LENGTH: usize = memory.data(4 * 64);

function get(array: usize, index: u32): u32 {
    return load<u32>(array + 4 * <usize>index);
}

function set(array: usize, index: u32, value: u32): void {
    store<u32>(array + 4 * <usize>index, value);
}

/** Make `LENGTHS` and `CODES` from `COUNTS`, of which at least one is not 0. */
export function makeCodes(): void {
    const used = sortSymbols();
    countLengths(used);
    limitLengths();
    memory.fill(LENGTHS, 0, 4 * SYMBOLS);
    // The rarest symbols get the longest codes.
    let index: u32 = 0;
    for (let length = LONGEST; length > 0; length--) {
        for (let left = get(OF_LENGTH, length); left > 0; left--) {
            set(LENGTHS, get(ORDER, index++), length);
        }
    }
    numberCodes();
}

/** Fill `ORDER` and the leaves of `WEIGHTS`. */
function sortSymbols(): u32 {
    let used: u32 = 0;
    for (let symbol: u32 = 0; symbol < SYMBOLS; symbol++) {
        const count = get(COUNTS, symbol);
        if (count === 0) continue;
        let place = used++;
        for (; place > 0 && get(WEIGHTS, place - 1) > count; place--) {
            set(WEIGHTS, place, get(WEIGHTS, place - 1));
            set(ORDER, place, get(ORDER, place - 1));
        }
        set(WEIGHTS, place, count);
        set(ORDER, place, symbol);
    }
    return used;
}

/** Build Huffman's tree, and count how many leaves lie how deep. */
function countLengths(used: u32): void {
    memory.fill(OF_LENGTH, 0, 4 * 64);
    if (used === 1) {
        set(OF_LENGTH, 1, 1);
        return;
    }
    const root: u32 = 2 * used - 2;
    // Two queues, both in order: leaves, and the nodes that are made of the lightest two.
    let leaf: u32 = 0;
    let node: u32 = used;
    for (let made: u32 = used; made <= root; made++) {
        let weight: u32 = 0;
        for (let pick = 0; pick < 2; pick++) {
            const isLeaf =
                leaf < used && (node >= made || get(WEIGHTS, leaf) <= get(WEIGHTS, node));
            const chosen = isLeaf ? leaf++ : node++;
            weight += get(WEIGHTS, chosen);
            set(PARENTS, chosen, made);
        }
        set(WEIGHTS, made, weight);
    }
    // From here on a node's weight is its depth.
    set(WEIGHTS, root, 0);
    for (let at = <i32>root - 1; at >= 0; at--) {
        const depth = get(WEIGHTS, get(PARENTS, at)) + 1;
        set(WEIGHTS, at, depth);
        if (<u32>at < used) set(OF_LENGTH, depth, get(OF_LENGTH, depth) + 1);
    }
}

/** Shorten codes that are too long, and lengthen others until all fit side by side. */
function limitLengths(): void {
    for (let length = LONGEST + 1; length < 64; length++) {
        set(OF_LENGTH, LONGEST, get(OF_LENGTH, LONGEST) + get(OF_LENGTH, length));
    }
    let taken: u32 = 0;
    for (let length: u32 = 1; length <= LONGEST; length++) {
        taken += get(OF_LENGTH, length) << (LONGEST - length);
    }
    for (; taken > 1 << LONGEST; taken--) {
        let length = LONGEST - 1;
        while (get(OF_LENGTH, length) === 0) length--;
        // One of the longest moves beside one that becomes longer.
        set(OF_LENGTH, LONGEST, get(OF_LENGTH, LONGEST) - 1);
        set(OF_LENGTH, length, get(OF_LENGTH, length) - 1);
        set(OF_LENGTH, length + 1, get(OF_LENGTH, length + 1) + 2);
    }
}

/** Number the codes of each length upwards. */
function numberCodes(): void {
    let code: u32 = 0;
    for (let length: u32 = 1; length <= LONGEST; length++) {
        for (let symbol: u32 = 0; symbol < SYMBOLS; symbol++) {
            if (get(LENGTHS, symbol) === length) set(CODES, symbol, reversed(code++, length));
        }
        code <<= 1;
    }
}

export function reversed(value: u32, bits: u32): u32 {
    let result: u32 = 0;
    for (let at: u32 = 0; at < bits; at++) result |= ((value >> at) & 1) << (bits - 1 - at);
    return result;
}
