/**
 * @file Deflate for filtered photographs: Huffman codes, and runs of one byte.
 *
 * The filtered rows of a photograph hold hardly a string that comes twice, so the only
 * matches that are looked for are those with the byte before, as with zlib's strategy RLE
 * (RFC 1951; the same files in a fraction of the time of a search for strings).
 */

import { CODES, COUNTS, LENGTHS, makeCodes, reversed, SYMBOLS } from './huffman';

const END_OF_BLOCK: u32 = 256;
const SHORTEST_RUN: u32 = 3;
/** Shorter runs are left as literals. */
const SHORTEST_TAKEN: u32 = 8;
const LONGEST_RUN: u32 = 258;
const LANES: usize = 16;
const FIRST_LENGTH: u32 = 257;
/** A whole code in one number: its bits (at most 12 + 5 + 1) below, how many they are above. */
const CODE_MASK: u32 = 0xff_ffff;
const LENGTH_SHIFT: u32 = 24;
/** A segment is so many literals and then a run, in one number. */
const RUN_BITS: u32 = 9;
const RUN_MASK: u32 = (1 << RUN_BITS) - 1;

/** Counts of literals, four times, since adding to one number over and over is slow. */
const PARTS: usize = memory.data(4 * 4 * 256);
/** For each length of a run its symbol. */
const RUN_SYMBOLS: usize = memory.data(4 * 260);
/** For each literal and for each length of a run all the bits that are written. */
const WHOLE_LITERALS: usize = memory.data(4 * 256);
const WHOLE_RUNS: usize = memory.data(4 * 260);
/** Order in which a block tells the lengths of the code of code lengths. */
const LENGTH_ORDER: usize = memory.data<u8>([
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
]);
const LENGTH_CODES: u32 = 19;

/** The stream: where it goes on, and the bits that wait for a full byte. */
let out: usize = 0;
let bits: u64 = 0;
let bitCount: u64 = 0;

/** Begin at a full byte. */
export function beginStream(at: usize): void {
    out = at;
    bits = 0;
    bitCount = 0;
    if (load<u32>(RUN_SYMBOLS + 4 * LONGEST_RUN) === 0) describeRuns();
}

/** End at a full byte, by an empty block of plain bytes; tells where. */
export function endStream(): usize {
    put(0, 3);
    if (bitCount > 0) put(0, 8 - <u32>bitCount);
    store<u32>(out, 0xffff_0000);
    return out + 4;
}

/**
 * Write bytes as one block.
 *
 * @param bytes  The byte before the first one may be overwritten.
 * @param segments  Room for a number of 32 bits for each eight of the bytes, and two more.
 */
export function packBlock(bytes: usize, length: usize, segments: usize): void {
    memory.fill(COUNTS, 0, 4 * SYMBOLS);
    memory.fill(PARTS, 0, 4 * 4 * 256);
    store<u32>(COUNTS + 4 * END_OF_BLOCK, 1);
    store<u8>(bytes - 1, ~load<u8>(bytes)); // so that no run begins with the first byte
    const lastSegment = findRuns(bytes, bytes + length, segments);
    for (let value: usize = 0; value < 256; value++) {
        const place = PARTS + 4 * value;
        const evens = load<u32>(place) + load<u32>(place, 2048);
        const odds = load<u32>(place, 1024) + load<u32>(place, 3072);
        store<u32>(COUNTS + 4 * value, evens + odds);
    }
    makeCodes();
    writeHeader();
    joinCodes();
    for (let segment = segments; segment < lastSegment; segment += 4) {
        const found = load<u32>(segment);
        const literals = <usize>(found >> RUN_BITS);
        const run = found & RUN_MASK;
        writeLiterals(bytes, literals);
        bytes += literals + run;
        if (run > 0) writeWhole(load<u32>(WHOLE_RUNS + 4 * run));
    }
    put(load<u32>(CODES + 4 * END_OF_BLOCK), load<u32>(LENGTHS + 4 * END_OF_BLOCK));
}

/** Cut bytes into segments, and count symbols; tells where the segments end. */
function findRuns(bytes: usize, end: usize, segment: usize): usize {
    let literals = bytes;
    let at = bytes;
    while (at + LANES <= end) {
        const isSame = <u32>i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(at - 1)));
        const pairs = isSame & (isSame >> 1);
        const fours = pairs & (pairs >> 2);
        const starts = fours & (fours >> 4);
        if (starts === 0) {
            // A run may begin with the last bytes.
            at += isSame >> 9 === 0 ? LANES : LANES - 7;
            continue;
        }
        const start = at + ctz(starts);
        at = endOfRun(start, end);
        let left = <u32>(at - start);
        countLiterals(literals, start);
        let count = <u32>(start - literals);
        while (left >= SHORTEST_RUN) {
            const run = min(left, LONGEST_RUN);
            store<u32>(segment, (count << RUN_BITS) | run);
            segment += 4;
            addTo(load<u32>(RUN_SYMBOLS + 4 * run));
            count = 0;
            left -= run;
        }
        at -= left;
        literals = at;
    }
    if (literals < end) {
        countLiterals(literals, end);
        store<u32>(segment, (<u32>(end - literals)) << RUN_BITS);
        segment += 4;
    }
    return segment;
}

/** Find where bytes end to equal the one before `start`. */
function endOfRun(start: usize, end: usize): usize {
    const value = load<u8>(start - 1);
    const values = i8x16.splat(value);
    let at = start + SHORTEST_TAKEN;
    for (; at + LANES <= end; at += LANES) {
        const differs = ~i8x16.bitmask(i8x16.eq(v128.load(at), values)) & 0xffff;
        if (differs !== 0) return at + ctz(differs);
    }
    while (at < end && load<u8>(at) === value) at++;
    return at;
}

function countLiterals(from: usize, to: usize): void {
    for (; from + 4 <= to; from += 4) {
        const four = load<u32>(from);
        increment(PARTS + ((four & 0xff) << 2));
        increment(PARTS + 1024 + ((four >> 6) & 0x3fc));
        increment(PARTS + 2048 + ((four >> 14) & 0x3fc));
        increment(PARTS + 3072 + ((four >> 22) & 0x3fc));
    }
    for (; from < to; from++) increment(PARTS + ((<usize>load<u8>(from)) << 2));
}

function increment(place: usize): void {
    store<u32>(place, load<u32>(place) + 1);
}

function addTo(symbol: u32): void {
    increment(COUNTS + 4 * symbol);
}

function writeLiterals(bytes: usize, count: usize): void {
    const end = bytes + count;
    // Globals would be read and written for every byte.
    let waiting = bits;
    let waitingCount = bitCount;
    let at = out;
    for (; bytes + 4 <= end; bytes += 4) {
        // Seven bits at most wait, and four codes have 48.
        for (let index: usize = 0; index < 4; index++) {
            const whole = load<u32>(WHOLE_LITERALS + 4 * <usize>load<u8>(bytes + index));
            waiting |= (<u64>(whole & CODE_MASK)) << waitingCount;
            waitingCount += whole >> LENGTH_SHIFT;
        }
        store<u64>(at, waiting);
        at += <usize>(waitingCount >> 3);
        waiting >>= waitingCount & ~7;
        waitingCount &= 7;
    }
    bits = waiting;
    bitCount = waitingCount;
    out = at;
    for (; bytes < end; bytes++) writeWhole(load<u32>(WHOLE_LITERALS + 4 * <usize>load<u8>(bytes)));
}

function writeWhole(whole: u32): void {
    put(whole & CODE_MASK, whole >> LENGTH_SHIFT);
}

/** Write at most 32 bits. */
function put(value: u32, count: u32): void {
    bits |= (<u64>value) << bitCount;
    bitCount += count;
    store<u64>(out, bits);
    out += <usize>(bitCount >> 3);
    bits >>= bitCount & ~7;
    bitCount &= 7;
}

function writeHeader(): void {
    put(0b100, 3); // not the last block; its codes follow
    put(SYMBOLS - FIRST_LENGTH, 5);
    put(0, 5); // one distance
    put(LENGTH_CODES - 4, 4);
    // Every length from 0 to 15 is told in four bits: a hundred bytes a block are little.
    for (let index: u32 = 0; index < LENGTH_CODES; index++) {
        put(load<u8>(LENGTH_ORDER + index) < 16 ? 4 : 0, 3);
    }
    for (let symbol: u32 = 0; symbol < SYMBOLS; symbol++) {
        put(reversed(load<u32>(LENGTHS + 4 * symbol), 4), 4);
    }
    put(reversed(1, 4), 4);
}

/** Fill `WHOLE_LITERALS` and `WHOLE_RUNS`. */
function joinCodes(): void {
    for (let value: u32 = 0; value < 256; value++) {
        const length = load<u32>(LENGTHS + 4 * value);
        store<u32>(
            WHOLE_LITERALS + 4 * value,
            load<u32>(CODES + 4 * value) | (length << LENGTH_SHIFT),
        );
    }
    for (let run = SHORTEST_RUN; run <= LONGEST_RUN; run++) {
        const symbol = load<u32>(RUN_SYMBOLS + 4 * run);
        const length = load<u32>(LENGTHS + 4 * symbol);
        const extra = run - firstRun(symbol);
        // And the distance, always 1: the only code there is, one bit, 0.
        const count = length + extraBits(symbol) + 1;
        const code = load<u32>(CODES + 4 * symbol) | (extra << length);
        store<u32>(WHOLE_RUNS + 4 * run, code | (count << LENGTH_SHIFT));
    }
}

/** Bits that follow a length's symbol; the last symbol is for the longest run alone. */
function extraBits(symbol: u32): u32 {
    return symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2;
}

/** The shortest run of a symbol. */
function firstRun(symbol: u32): u32 {
    if (symbol < 265) return symbol - FIRST_LENGTH + SHORTEST_RUN;
    if (symbol === 285) return LONGEST_RUN;
    return SHORTEST_RUN + ((4 + ((symbol - 261) & 3)) << extraBits(symbol));
}

function describeRuns(): void {
    let symbol = FIRST_LENGTH;
    for (let run = SHORTEST_RUN; run < LONGEST_RUN; run++) {
        while (symbol < 284 && firstRun(symbol + 1) <= run) symbol++;
        store<u32>(RUN_SYMBOLS + 4 * run, symbol);
    }
    store<u32>(RUN_SYMBOLS + 4 * LONGEST_RUN, 285);
}
