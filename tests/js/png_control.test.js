/**
 * @file The shared memory between Python and the PNG workers, also when a worker dies. A real thread
 * waits, as Python does.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import {
    awaitBand,
    beginBand,
    endBand,
    freeSlot,
    isFree,
    isOver,
    loseWorker,
    newControls,
} from '../../extension/png/band_control.js';
import { BandPacker } from '../../extension/png/band_packer.js';
import { PngPacker } from '../../extension/python/png_packer.js';
import { deferred } from './engine_fakes.js';

const PATIENCE_MS = 10_000;
const code = new WebAssembly.Module(
    readFileSync(new URL('../../extension/png/pack.wasm', import.meta.url)),
);

/** Waits in a thread for a slot that is busy; tells when it waits, and how it came out. */
function waitInThread(control) {
    const script = `
        import { parentPort, workerData } from 'node:worker_threads';
        const { awaitBand } = await import(workerData.module);
        parentPort.postMessage('waits');
        parentPort.postMessage(awaitBand(workerData.control, ${PATIENCE_MS}));`;
    const module = new URL('../../extension/png/band_control.js', import.meta.url).href;
    const address = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
    const thread = new Worker(address, { workerData: { module, control } });
    const said = [];
    const waits = deferred();
    const ends = deferred();
    thread.on('message', (word) => (said.push(word) === 1 ? waits : ends).resolve(word));
    thread.on('error', ends.reject);
    return { waits: waits.promise, ends: ends.promise };
}

test('a band that is packed is waited for', async () => {
    const [control] = newControls();
    assert.equal(beginBand(control), true);
    const { waits, ends } = waitInThread(control);
    await waits;
    assert.equal(isOver(control), false);
    endBand(control);
    assert.equal(await ends, 'packed');
    freeSlot(control);
    assert.equal(isFree(control), true);
});

test('a worker that dies is noticed at once by the thread that waits for it', async () => {
    const [control, other] = newControls();
    beginBand(control);
    const { waits, ends } = waitInThread(control);
    await waits;
    const since = performance.now();
    loseWorker([control, other]);
    assert.equal(await ends, 'lost');
    assert.equal(performance.now() - since < PATIENCE_MS / 2, true);
    // What the dead one still wrote changes nothing.
    endBand(control);
    assert.equal(awaitBand(control, 0), 'lost');
});

test('a band that comes after the death, or between, is lost at once', () => {
    const [control] = newControls();
    loseWorker([control]);
    assert.equal(beginBand(control), false);
    assert.equal(isOver(control), true);
    assert.equal(awaitBand(control, 0), 'lost');
});

test('one that does not die and does not answer is late', () => {
    const [control] = newControls();
    beginBand(control);
    assert.equal(awaitBand(control, 1), 'late');
});

/** Python's view of a buffer. */
function pixels(data) {
    return { getBuffer: () => ({ data, release: () => undefined }) };
}

test('a band of a dead worker is packed by Python itself, to the same bytes', () => {
    const [rowBytes, rows] = [64, Uint8Array.from({ length: 64 * 20 }, (_, at) => (at * 7) % 251)];
    const above = new Uint8Array(rowBytes);
    const links = [0, 1].map(() => {
        const controls = newControls();
        return { port: { postMessage: () => posted.push(controls) }, controls };
    });
    const posted = [];
    const packer = new PngPacker(links, code);
    packer.begin();
    loseWorker(links[0].controls);
    const slot = packer.freeSlot();
    packer.put(slot, pixels(above), pixels(rows), 4, 2);
    assert.deepEqual(posted, []);
    assert.equal(packer.isPacked(slot), true);
    const { bytes, checksum, length } = packer.take(slot);
    const whole = Uint8Array.from([...above, ...rows]);
    const right = new BandPacker(code).pack({ rows: whole, rowBytes, pixelBytes: 4, filter: 2 });
    assert.deepEqual([...bytes], [...right.bytes]);
    assert.deepEqual([checksum, length], [right.checksum, right.length]);
    assert.equal(packer.freeSlot(), slot);
});
