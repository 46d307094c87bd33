/**
 * @file How fast bytes arrive: the mean of the last seconds.
 *
 * Decides: over how many seconds the speed of a download is taken.
 */

const WINDOW_MS = 3000;

export class TransferRate {
    /** @type {{ at: number, received: number }[]} */
    #marks = [];

    /** @param {number} received  Bytes so far. */
    add(received) {
        const at = performance.now();
        this.#marks.push({ at, received });
        this.#marks = this.#marks.filter((mark) => at - mark.at <= WINDOW_MS);
    }

    get bytesPerSecond() {
        const [first] = this.#marks;
        const last = this.#marks.at(-1);
        if (!first || !last || last.at === first.at) return 0;
        return Math.max(0, (1000 * (last.received - first.received)) / (last.at - first.at));
    }
}
