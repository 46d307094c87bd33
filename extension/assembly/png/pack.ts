/** @file Packs a band of PNG rows: filter, checksum, deflate, some rows at a time. */

import { adler32 } from './adler32';
import { beginStream, endStream, packBlock } from './deflate';
import { filterRow } from './filter';

/** Filtered bytes of a block, if a row is not longer: they stay in the processor's cache. */
const BLOCK_BYTES: usize = 1 << 17;
/** Before the filtered bytes one byte may be overwritten. */
const MARGIN: usize = 16;

/** Adler-32 of all filtered bytes of the band. */
export let checksum: u32 = 1;

/**
 * Pack a band; the result ends at a full byte.
 *
 * @param rows  The row above the band, then its rows.
 * @param work  Room of `workBytes(rowBytes)`.
 * @param out  Room of `mostBytes(...)`.
 * @returns How many bytes were written.
 */
export function pack(
    rows: usize,
    rowBytes: usize,
    count: usize,
    pixelBytes: usize,
    filter: u32,
    work: usize,
    out: usize,
): usize {
    const atOnce = rowsAtOnce(rowBytes);
    const filtered = work + MARGIN;
    const segments = (filtered + atOnce * (rowBytes + 1) + 15) & ~15;
    checksum = 1;
    beginStream(out);
    let row = rows + rowBytes;
    for (let left = count; left > 0; ) {
        const some = min(left, atOnce);
        let to = filtered;
        for (let index: usize = 0; index < some; index++) {
            filterRow(row, rowBytes, pixelBytes, filter, to);
            row += rowBytes;
            to += rowBytes + 1;
        }
        checksum = adler32(checksum, filtered, to - filtered);
        packBlock(filtered, to - filtered, segments);
        left -= some;
    }
    return endStream() - out;
}

/** Where memory is free: all below belongs to this module. */
export function firstFree(): usize {
    return __heap_base;
}

/** Bytes of working memory for rows of a length. */
export function workBytes(rowBytes: usize): usize {
    const block = rowsAtOnce(rowBytes) * (rowBytes + 1);
    return MARGIN + block + 16 + 4 * (block / 8 + 2);
}

/** Bytes that a result never exceeds: a code has twelve bits at most. */
export function mostBytes(rowBytes: usize, count: usize): usize {
    const length = count * (rowBytes + 1);
    return length + (length >> 1) + 256 * (2 + count / rowsAtOnce(rowBytes));
}

function rowsAtOnce(rowBytes: usize): usize {
    return max<usize>(1, BLOCK_BYTES / (rowBytes + 1));
}
