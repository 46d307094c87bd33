/**
 * @file The shared memory between Python and the PNG workers, also when a worker dies. A real thread
 * waits, as Python does.
 */

import assert from 'node:assert/strict';
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
} from '../../extension/messages/png_bands.js';
import { PngPacker } from '../../extension/python/png_packer.js';
import { deferred } from './engine_fakes.js';

const PATIENCE_MS = 10_000;
/** Waits in a thread for a slot that is busy; tells when it waits, and how it came out. */
function waitInThread(control) {
    const script = `
        import { parentPort, workerData } from 'node:worker_threads';
        const { awaitBand } = await import(workerData.module);
        parentPort.postMessage('waits');
        parentPort.postMessage(awaitBand(workerData.control, ${PATIENCE_MS}));`;
    const module = new URL('../../extension/messages/png_bands.js', import.meta.url).href;
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

test('a band of a dead worker is not sent, and given back at once', () => {
    const posted = [];
    const links = [0, 1].map(() => ({
        port: { postMessage: (band) => posted.push(band) },
        controls: newControls(),
    }));
    const packer = new PngPacker(links);
    const above = Uint8Array.of(1, 2, 3, 4);
    const rows = Uint8Array.of(5, 6, 7, 8, 9, 10, 11, 12);
    const put = (slot) => packer.put(slot, pixels(above), pixels(rows), 4, 2);
    packer.begin();
    loseWorker(links[0].controls);
    const slot = packer.freeSlot();
    put(slot);
    assert.deepEqual(posted, []);
    assert.equal(packer.isPacked(slot), true);
    const { isLost, bytes } = packer.take(slot);
    assert.equal(isLost, true);
    assert.deepEqual([...bytes], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    assert.equal(packer.freeSlot(), slot);
    put(slot);
    put(packer.freeSlot());
    assert.equal(posted.length, 1); // the other worker lives
});
