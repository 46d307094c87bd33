/**
 * @file The shared memory by which Python and a PNG worker tell each other how far a band is, and
 * by which the engine tells Python that the worker has died.
 *
 * A slot holds one band. Python makes it BUSY and the worker PACKED; Python, which waits for that,
 * makes it FREE again. When a worker dies, its slots are DEAD for good, and a band that is on
 * its way there is LOST: Python packs it itself (runtime/browser_png.py).
 */

const STATE = 0;
export const USED = 1;
export const CHECKSUM = 2;
export const LENGTH = 3;
const DEAD = 4;

const FREE = 0;
const BUSY = 1;
const PACKED = 2;
const LOST = 3;

/** One that is packed, and one that waits. */
const SLOTS_OF_WORKER = 2;

/** @typedef {Int32Array<SharedArrayBuffer>} Control */

/** @returns {Control[]}  Of the slots of one worker. */
export function newControls() {
    return Array.from(
        { length: SLOTS_OF_WORKER },
        () => new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT)),
    );
}

/**
 * In the engine: a worker has died.
 *
 * @param {Control[]} controls  Of its slots.
 */
export function loseWorker(controls) {
    for (const control of controls) {
        Atomics.store(control, DEAD, 1);
        loseBand(control);
    }
}

/**
 * In Python: a band is to be packed.
 *
 * @param {Control} control
 * @returns {boolean}  Whether there is a worker to take it.
 */
export function beginBand(control) {
    Atomics.store(control, STATE, BUSY);
    // Whichever comes second, this or `loseWorker`, sees what the other has written.
    if (Atomics.load(control, DEAD) === 1) loseBand(control);
    return Atomics.load(control, STATE) === BUSY;
}

/**
 * In the worker: a band is packed.
 *
 * @param {Control} control
 */
export function endBand(control) {
    Atomics.compareExchange(control, STATE, BUSY, PACKED); // it may count as lost already
    Atomics.notify(control, STATE);
}

/** @param {Control} control */
export function isFree(control) {
    return Atomics.load(control, STATE) === FREE;
}

/**
 * Whether `awaitBand` would answer at once.
 *
 * @param {Control} control
 */
export function isOver(control) {
    const state = Atomics.load(control, STATE);
    return state === PACKED || state === LOST;
}

/**
 * In Python: wait for a band.
 *
 * @param {Control} control
 * @param {number} milliseconds
 * @returns {'packed' | 'lost' | 'late'}
 */
export function awaitBand(control, milliseconds) {
    Atomics.wait(control, STATE, BUSY, milliseconds);
    const state = Atomics.load(control, STATE);
    if (state === BUSY) return 'late';
    return state === LOST ? 'lost' : 'packed';
}

/** @param {Control} control */
export function freeSlot(control) {
    Atomics.store(control, STATE, FREE);
}

/** @param {Control} control */
function loseBand(control) {
    Atomics.compareExchange(control, STATE, BUSY, LOST);
    Atomics.notify(control, STATE);
}
