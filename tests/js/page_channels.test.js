/** @file The engine's end of the pages' message channels: nothing of a page that is gone is kept. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

/** @type {(event: { data: object, ports: MessagePort[] }) => void} */
let arrive;
Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: {
        serviceWorker: {
            addEventListener: (
                /** @type {string} */ _type,
                /** @type {typeof arrive} */ listener,
            ) => {
                arrive = listener;
            },
            startMessages: () => undefined,
        },
    },
});
/** @type {any} */ (globalThis).chrome = { runtime: { getURL: String } };
const { PageChannels } = await import('../../extension/platform/message_channel.js');

/** @type {InstanceType<typeof PageChannels>} */
let channels;

beforeEach(() => {
    channels = new PageChannels();
});

function fakeEnd() {
    const end = {
        isClosed: false,
        start: () => undefined,
        postMessage: () => undefined,
        close: () => {
            end.isClosed = true;
        },
    };
    return end;
}

/** @param {ReturnType<typeof fakeEnd>} end */
function arrives(end) {
    arrive({ data: { channel: 'a' }, ports: [/** @type {any} */ (end)] });
}

test('a channel carries what is posted, until its page is gone', () => {
    const end = fakeEnd();
    arrives(end);
    assert.ok(channels.post('a', 1, []));
    channels.close('a');
    assert.ok(end.isClosed);
    assert.ok(!channels.post('a', 2, []));
});

test('a channel that arrives after its page has gone is closed', () => {
    const end = fakeEnd();
    channels.close('a');
    arrives(end);
    assert.ok(end.isClosed);
    assert.ok(!channels.post('a', 1, []));
});
