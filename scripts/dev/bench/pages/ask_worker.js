/** @file Asks a worker of the bench one thing; that it has failed is an answer, too. */

/**
 * @param {Worker} worker
 * @param {unknown} message
 * @returns {Promise<any>}  `{ error }` if the worker could not be loaded or has failed.
 */
export function askWorker(worker, message) {
    return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message = 'it could not be loaded' }) => {
            resolve({ error: `a worker of the page has failed: ${message}` });
        };
        worker.postMessage(message);
    });
}
