/**
 * @file A limit for work, in time in which the machine is awake.
 *
 * Where a computer sleeps in the middle of a job, the clocks of some systems go on. On waking, a plain
 * timer would be over before the work has had a moment to say that it goes on.
 *
 * Decides: that a sleep, however long, counts as a twentieth of a limit at most.
 */

const PARTS = 20;

/**
 * @param {() => void} act  When the time is over.
 * @param {number} milliseconds
 * @returns {() => void}  Calls it off.
 */
export function awakeTimeout(act, milliseconds) {
    let left = PARTS;
    let timer = setTimeout(pass, milliseconds / PARTS);
    return () => clearTimeout(timer);

    function pass() {
        left -= 1;
        if (left === 0) act();
        else timer = setTimeout(pass, milliseconds / PARTS);
    }
}
