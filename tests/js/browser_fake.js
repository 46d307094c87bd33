/**
 * @file A browser that has the engine's document and ends it when the test says so: what it lists,
 * who listens there, and the ports that lead to it.
 */

import { OffcutError } from '../../extension/messages/failure.js';
import { fakePort, settle } from './engine_fakes.js';

const PAGE = 'chrome-extension://x/engine/engine.html';

/**
 * One engine's document. A browser lists it from its making to its end, and it listens for a part
 * of that time only.
 *
 * @typedef {object} FakeEngine
 * @property {string} id
 * @property {boolean} listens
 * @property {{ type: string, body: any }[]} asked
 * @property {ReturnType<typeof fakePort>[]} ports
 */

/** Puts a fake `chrome` into the global scope; gives what the test sees and does. */
export function fakeBrowser() {
    const browser = {
        /** @type {FakeEngine | null} Listed; it need not listen. */
        engine: /** @type {FakeEngine | null} */ (null),
        made: 0,
        /** Whether a new document listens as soon as it is made. */
        isPrompt: true,
        /** @type {(body: any, engine: FakeEngine, type: string) => unknown} An OffcutError fails. */
        answer: () => undefined,
        /** @type {Record<string, any>} */
        session: {},
        /** @type {{ text?: string }[]} */
        badges: [],
        /** Ends the document: it is not listed any more, and its ports close. */
        end() {
            const { engine } = browser;
            browser.engine = null;
            for (const port of engine?.ports ?? []) port.close();
        },
        ports: (/** @type {string} */ kind) =>
            (browser.engine?.ports ?? []).filter(({ end }) => end.name.startsWith(kind)),
    };
    /** @type {any} */ (globalThis).chrome = fakeApi(browser);
    Object.defineProperty(globalThis, 'navigator', { value: fakeNavigator, configurable: true });
    return browser;
}

const fakeNavigator = {
    locks: {
        request: async (/** @type {unknown[]} */ ...given) =>
            /** @type {() => unknown} */ (given.at(-1))(),
    },
};

/** @param {ReturnType<typeof fakeBrowser>} browser */
function fakeApi(browser) {
    return {
        runtime: {
            id: 'x',
            getURL: (/** @type {string} */ path) => `chrome-extension://x/${path}`,
            getContexts: async () =>
                browser.engine ? [{ incognito: false, documentUrl: PAGE }] : [],
            sendMessage: (/** @type {any} */ message) => send(browser, message),
            connect: (/** @type {{ name: string }} */ { name }) => connect(browser, name),
            onMessage: { addListener: () => undefined },
        },
        offscreen: {
            createDocument: async () => {
                if (browser.engine)
                    throw new Error('Only a single offscreen document may be created.');
                browser.made += 1;
                const { isPrompt: listens } = browser;
                browser.engine = { id: `engine ${browser.made}`, listens, asked: [], ports: [] };
            },
            closeDocument: async () => browser.end(),
        },
        action: {
            setBadgeBackgroundColor: async () => undefined,
            setBadgeText: async (/** @type {any} */ badge) => void browser.badges.push(badge),
            setTitle: async () => undefined,
        },
        i18n: { getMessage: (/** @type {string} */ key) => key },
        extension: { inIncognitoContext: false },
        storage: {
            local: { get: async (/** @type {any} */ defaults) => defaults },
            session: fakeSession(browser),
        },
    };
}

/** @param {ReturnType<typeof fakeBrowser>} browser */
function fakeSession(browser) {
    return {
        get: async () => structuredClone(browser.session),
        set: async (/** @type {any} */ items) => void Object.assign(browser.session, items),
        remove: async (/** @type {string} */ key) => void delete browser.session[key],
    };
}

/**
 * @param {ReturnType<typeof fakeBrowser>} browser
 * @param {{ to: string, type: string, body: any }} message
 */
async function send(browser, { type, body }) {
    const { engine } = browser;
    if (!engine?.listens) throw new Error('Could not establish connection.');
    engine.asked.push({ type, body });
    const reply = await browser.answer(body, engine, type);
    if (browser.engine !== engine) throw new Error('The message channel closed.');
    if (reply instanceof OffcutError) return { ok: false, failure: reply.failure };
    return { ok: true, body: reply ?? { engine: engine.id } };
}

/**
 * @param {ReturnType<typeof fakeBrowser>} browser
 * @param {string} name
 */
function connect(browser, name) {
    const port = fakePort(name);
    const { engine } = browser;
    if (engine?.listens) engine.ports.push(port);
    else settle().then(port.close);
    return Object.assign(port.end, { disconnect: () => undefined });
}
