/**
 * @file Begins the picture that comes next, while the network looks at the one before it and while
 * that is finished: the network need not wait for Python, nor Python for the network.
 *
 * Decides: which job is begun ahead of its turn: one that is asked for in the same way.
 */

/** @typedef {import('./job.js').Job} Job */

/**
 * @param {string} request  Of the run for which the network begins to work.
 * @param {Job | null} job  Whose run it is.
 * @param {() => Job | undefined} nextOf  The job that comes next by now.
 * @param {import('./workers.js').Workers} workers
 */
export async function beginNext(request, job, nextOf, workers) {
    const next = nextOf();
    if (!job || !next?.picture || !isAskedAlike(job, next)) return;
    const { quick, key, ...same } = JSON.parse(request);
    if (quick || same.pixels) return; // this is not what a job begins with
    const picture = await next.picture.arrayBuffer();
    if (nextOf() !== next) return;
    // Letter for letter what the job's own run will say: Python knows it by that.
    const own = { key: next.id + key.slice(job.id.length), allowEmpty: next.allowEmpty };
    workers.prepare(picture, JSON.stringify({ ...JSON.parse(request), ...own }));
}

/**
 * @param {Job} job
 * @param {Job} next
 */
function isAskedAlike({ options, isPatient }, next) {
    const isSame = JSON.stringify(options) === JSON.stringify(next.options);
    return isSame && isPatient === next.isPatient && !next.shown;
}
