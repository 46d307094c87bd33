/**
 * @file Deflate for filtered photographs: Huffman codes, and runs of one byte.
 *
 * The filtered rows of a photograph hold hardly a string that comes twice, so the only
 * matches that are looked for are those with the byte before, as with zlib's strategy RLE
 * (RFC 1951; the same files in a fraction of the time of a search for strings).
 */

import { codeLengths, reversed, reversedCodes } from './huffman.js';

const LITERALS = 256;
const END_OF_BLOCK = 256;
const CODES = 286;
const SHORTEST_RUN = 3;
const LONGEST_RUN = 258;
const TOKENS_IN_BLOCK = 1 << 15;
/** A whole code in one number: its bits (at most 15 + 5 + 1) below, how many they are above. */
const CODE_MASK = 0x1f_ffff;
const LENGTH_SHIFT = 24;
/** Order in which a block tells the lengths of the code of code lengths. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** For each length of a run: its symbol, its extra bits and their number. */
const RUNS = describeRuns();

function describeRuns() {
    const symbol = new Uint16Array(LONGEST_RUN + 1);
    const extra = new Uint8Array(LONGEST_RUN + 1);
    const extraBits = new Uint8Array(LONGEST_RUN + 1);
    let length = SHORTEST_RUN;
    for (let code = 257; code < 285; code++) {
        const bits = code < 265 ? 0 : (code - 261) >> 2;
        for (let at = 0; at < 1 << bits && length < LONGEST_RUN; at++, length++) {
            symbol[length] = code;
            extra[length] = at;
            extraBits[length] = bits;
        }
    }
    symbol[LONGEST_RUN] = 285;
    return { symbol, extra, extraBits };
}

/** A stream of blocks without a last one: its parts end at full bytes and follow each other. */
export class RunDeflate {
    #tokens = new Uint16Array(TOKENS_IN_BLOCK);
    #counts = new Uint32Array(CODES);
    #bits = 0;
    #bitCount = 0;
    #at = 0;
    /** @type {Uint8Array} */
    #out = new Uint8Array(0);

    /**
     * @param {Uint8Array} bytes
     * @param {Uint8Array} out  Takes the result; `mostBytes(bytes.length)` is always enough.
     * @returns {number}  How many bytes of `out` are used.
     */
    pack(bytes, out) {
        this.#out = out;
        this.#at = 0;
        for (let from = 0; from < bytes.length; ) from = this.#packBlock(bytes, from);
        this.#align();
        return this.#at;
    }

    /**
     * @param {Uint8Array} bytes
     * @param {number} from
     * @returns {number}  Where the next block begins.
     */
    #packBlock(bytes, from) {
        const tokens = this.#tokens;
        const counts = this.#counts.fill(0);
        const end = bytes.length;
        let count = 0;
        let at = from;
        let former = at > 0 ? bytes[at - 1] : -1;
        while (at < end && count < TOKENS_IN_BLOCK) {
            const byte = /** @type {number} */ (bytes[at]);
            if (byte === former && bytes[at + 1] === byte && bytes[at + 2] === byte) {
                const limit = Math.min(end, at + LONGEST_RUN);
                let stop = at + SHORTEST_RUN;
                while (stop < limit && bytes[stop] === byte) stop++;
                tokens[count++] = LITERALS + stop - at;
                const symbol = /** @type {number} */ (RUNS.symbol[stop - at]);
                counts[symbol] = (counts[symbol] ?? 0) + 1;
                at = stop;
            } else {
                tokens[count++] = byte;
                counts[byte] = (counts[byte] ?? 0) + 1;
                former = byte;
                at++;
            }
        }
        counts[END_OF_BLOCK] = 1;
        this.#writeBlock(count);
        return at;
    }

    /** @param {number} count  Of the tokens. */
    #writeBlock(count) {
        const lengths = codeLengths(this.#counts);
        const codes = reversedCodes(lengths);
        this.#writeHeader(lengths);
        this.#writeTokens(count, wholeCodes(codes, lengths));
        this.#put(codes[END_OF_BLOCK] ?? 0, lengths[END_OF_BLOCK] ?? 0);
    }

    /**
     * The inner loop: fields of the object would be read and written for every byte.
     *
     * @param {number} count
     * @param {Uint32Array} whole
     */
    #writeTokens(count, whole) {
        const [tokens, out] = [this.#tokens, this.#out];
        let [bits, bitCount, at] = [this.#bits, this.#bitCount, this.#at];
        for (let index = 0; index < count; index++) {
            const code = /** @type {number} */ (whole[/** @type {number} */ (tokens[index])]);
            bits |= (code & CODE_MASK) << bitCount;
            bitCount += code >>> LENGTH_SHIFT;
            // At most 7 bits waited and at most 21 came.
            while (bitCount >= 8) {
                out[at++] = bits;
                bits >>>= 8;
                bitCount -= 8;
            }
        }
        [this.#bits, this.#bitCount, this.#at] = [bits, bitCount, at];
    }

    /** @param {Uint8Array} lengths */
    #writeHeader(lengths) {
        this.#put(0b100, 3); // not the last block; its codes follow
        this.#put(CODES - 257, 5);
        this.#put(0, 5); // one distance
        this.#put(LENGTH_ORDER.length - 4, 4);
        // Every length from 0 to 15 is told in four bits: a hundred bytes a block are little.
        for (const length of LENGTH_ORDER) this.#put(length < 16 ? 4 : 0, 3);
        for (const length of lengths) this.#put(REVERSED_NIBBLES[length] ?? 0, 4);
        this.#put(REVERSED_NIBBLES[1] ?? 0, 4);
    }

    /** An empty block of plain bytes, which begin at a full byte. */
    #align() {
        this.#put(0, 3);
        if (this.#bitCount > 0) this.#put(0, 8 - (this.#bitCount % 8 || 8));
        while (this.#bitCount > 0) this.#putByte();
        for (const byte of [0, 0, 0xff, 0xff]) this.#out[this.#at++] = byte;
        this.#bits = 0;
        this.#bitCount = 0;
    }

    /**
     * @param {number} value
     * @param {number} count  At most 15 bits.
     */
    #put(value, count) {
        this.#bits |= value << this.#bitCount;
        this.#bitCount += count;
        while (this.#bitCount >= 8) this.#putByte();
    }

    #putByte() {
        this.#out[this.#at++] = this.#bits & 0xff;
        this.#bits >>>= 8;
        this.#bitCount -= 8;
    }
}

const REVERSED_NIBBLES = Array.from({ length: 16 }, (_, value) => reversed(value, 4));

/**
 * Bytes that a result never exceeds: a code has 15 bits at most.
 *
 * @param {number} length  Of what is packed.
 */
export function mostBytes(length) {
    return 2 * length + 256 * (1 + Math.ceil(length / TOKENS_IN_BLOCK));
}

/**
 * For every token all the bits that are written for it.
 *
 * @param {Uint16Array} codes
 * @param {Uint8Array} lengths
 */
function wholeCodes(codes, lengths) {
    const whole = new Uint32Array(LITERALS + LONGEST_RUN + 1);
    for (let token = 0; token < whole.length; token++) {
        const run = token - LITERALS;
        const symbol = run < 0 ? token : (RUNS.symbol[run] ?? 0);
        const length = lengths[symbol] ?? 0;
        const extra = run < 0 ? 0 : (RUNS.extra[run] ?? 0);
        // And the distance, always 1: the only code there is, one bit, 0.
        const extraBits = run < 0 ? 0 : (RUNS.extraBits[run] ?? 0) + 1;
        const bits = (codes[symbol] ?? 0) | (extra << length);
        whole[token] = bits | ((length + extraBits) << LENGTH_SHIFT);
    }
    return whole;
}
