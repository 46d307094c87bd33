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

/** @typedef {'background' | 'engine' | 'content' | 'popup' | 'batch'} Owner */
/** @typedef {{ ok: true, body: unknown } | { ok: false, failure: import('./failure.js').Failure }} Reply */
/** @typedef {Record<string, (body: any) => unknown>} Handlers */

/** Pauses before further tries of what the service worker does not answer: it starts by then. */
const PAUSES_MS = [50, 100, 200, 400, 800, 1600];

/** The other side is not there: it has ended, or has not begun yet. */
export class NoAnswerError extends OffcutError {}

/**
 * Send a request and wait for its reply. The service worker is always to be had, but in the moment
 * in which it ends or begins nobody listens: it is asked again, so what is asked of it is such that
 * doing it twice does no harm. For the engine see engine_client.js.
 *
 * @param {Owner} to
 * @param {string} type
 * @param {unknown} [body]
 * @returns {Promise<any>}
 * @throws {OffcutError}  The other side's failure; a `NoAnswerError` if nobody answers.
 */
export async function request(to, type, body) {
    for (const pause of to === 'background' ? PAUSES_MS : []) {
        try {
            return await requestOnce(to, type, body);
        } catch (error) {
            if (!(error instanceof NoAnswerError)) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return requestOnce(to, type, body);
}

/**
 * @param {Owner} to
 * @param {string} type
 * @param {unknown} body
 * @returns {Promise<any>}
 */
async function requestOnce(to, type, body) {
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
    return new NoAnswerError({
        code: 'ENGINE_LOST',
        stage: type,
        message: `${to} did not answer ${type}: ${reason}`,
        detail: {},
    });
}
