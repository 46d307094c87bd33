/**
 * @file Tells the engine of a request that the store makes, for the ledger.
 */

/** @type {NoteRequest} */
let tell = () => {
    throw new Error('there is no ledger');
};

/** @param {NoteRequest} note  Where requests are told from now on. */
export function tellRequestsTo(note) {
    tell = note;
}

/** @param {NotedRequest} request */
export function noteRequest(request) {
    tell(request);
}
