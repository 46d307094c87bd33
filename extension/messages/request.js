/**
 * @file Requests between extension contexts over `runtime.sendMessage`.
 *
 * Decides: who is answered (our own pages only), and ENGINE_LOST when nobody answers.
 *
 * Envelope `{ to, type, body }`, reply `{ ok: true, body }` or `{ ok: false, failure }`.
 * Every context receives every message, so each serves only what is addressed to it. Requests
 * from content scripts are refused: they only answer.
 */

import { api, OWN_ORIGIN } from '../platform/browser.js';
import { OffcutError, toFailure } from './failure.js';

/** @typedef {'background' | 'engine' | 'content'} Owner */
/** @typedef {{ ok: true, body: unknown } | { ok: false, failure: import('./failure.js').Failure }} Reply */
/** @typedef {Record<string, (body: any) => unknown>} Handlers */

/**
 * Send a request and wait for its reply.
 *
 * @param {Owner} to
 * @param {string} type
 * @param {unknown} [body]
 * @returns {Promise<any>}
 * @throws {OffcutError}  The other side's failure; ENGINE_LOST if nobody answers.
 */
export async function request(to, type, body) {
    /** @type {Reply | undefined} */
    let reply;
    try {
        reply = await api.runtime.sendMessage({ to, type, body });
    } catch (error) {
        throw noAnswer(to, type, String(error));
    }
    return openReply(reply, to, type);
}

/**
 * Send a request to the content script of one frame.
 *
 * @param {number} tabId
 * @param {number} frameId
 * @param {string} type
 * @param {unknown} body
 * @returns {Promise<any>}
 */
export async function requestFrame(tabId, frameId, type, body) {
    const reply = await api.tabs.sendMessage(tabId, { to: 'content', type, body }, { frameId });
    return openReply(reply, 'content', type);
}

/**
 * Send an event. Its owner may be asleep or gone, which is not an error of the sender.
 *
 * @param {Owner} to
 * @param {string} type
 * @param {unknown} body
 */
export function announce(to, type, body) {
    request(to, type, body).catch((error) => console.debug(`${type} was not heard:`, error));
}

/**
 * Serve requests by a table of handlers. Their results or failures become the replies.
 *
 * @param {Owner} owner
 * @param {Handlers} handlers
 */
export function serve(owner, handlers) {
    api.runtime.onMessage.addListener((message, sender, sendResponse) => {
        if (message?.to !== owner) return false;
        answer(handlers, message, sender).then(sendResponse);
        return true; // the reply comes later
    });
}

/**
 * @param {Handlers} handlers
 * @param {{ type: string, body: unknown }} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Reply>}
 */
async function answer(handlers, { type, body }, sender) {
    try {
        if (!sender.url?.startsWith(OWN_ORIGIN)) throw new Error(`${type} from a stranger`);
        const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
        if (!handler) throw new Error(`nobody serves ${type}`);
        return { ok: true, body: await handler(body) };
    } catch (error) {
        return { ok: false, failure: toFailure(error, type) };
    }
}

/**
 * @param {Reply | undefined} reply
 * @param {Owner} to
 * @param {string} type
 */
function openReply(reply, to, type) {
    if (!reply) throw noAnswer(to, type, 'no reply');
    if (!reply.ok) throw new OffcutError(reply.failure);
    return reply.body;
}

/**
 * @param {Owner} to
 * @param {string} type
 * @param {string} reason
 */
function noAnswer(to, type, reason) {
    return new OffcutError({
        code: 'ENGINE_LOST',
        stage: type,
        message: `${to} did not answer ${type}: ${reason}`,
        detail: {},
    });
}
