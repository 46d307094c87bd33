/**
 * @file Tells the service worker's ledger of a request that the engine or its model store makes.
 */

import { announce } from '../messages/request.js';

/** @param {NotedRequest} request */
export function noteRequest(request) {
    announce('background', 'request.noted', request);
}
