/**
 * @file Requests over ports, as between the engine and its workers.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

// platform/browser.js is not imported by the link; failures are.
import { offcutError } from '../../extension/messages/failure.js';
import { WorkerLink, withTransfer } from '../../extension/messages/worker_link.js';

/**
 * @param {Record<string, (body: any) => unknown>} handlers
 */
function pair(handlers) {
    const { port1, port2 } = new MessageChannel();
    const here = new WorkerLink(port1);
    const there = new WorkerLink(port2, handlers);
    port1.start();
    port2.start();
    const close = () => port1.close();
    return { here, there, close };
}

test('a request gets the reply of its own, whatever the order', async () => {
    /** @type {(value: string) => void} */
    let release = () => undefined;
    const slow = new Promise((resolve) => {
        release = resolve;
    });
    const { here, close } = pair({ slow: () => slow, quick: () => 'quick' });
    const first = here.request('slow', null);
    assert.equal(await here.request('quick', null), 'quick');
    release('slow');
    assert.equal(await first, 'slow');
    close();
});

test('buffers are moved both ways', async () => {
    const { here, close } = pair({ double: ({ data }) => withTransfer({ data }, [data.buffer]) });
    const data = new Float32Array([1, 2]);
    const reply = await here.request('double', { data }, [data.buffer]);
    assert.equal(data.byteLength, 0);
    assert.deepEqual(Array.from(reply.data), [1, 2]);
    close();
});

test('a failure keeps its code and detail', async () => {
    const { here, close } = pair({
        fail: () => {
            throw offcutError('IMAGE_TOO_LARGE', 'decode', 'too large', { megapixels: 412 });
        },
    });
    await assert.rejects(here.request('fail', null), (error) => {
        assert.deepEqual(error.failure.detail, { megapixels: 412 });
        return error.failure.code === 'IMAGE_TOO_LARGE';
    });
    close();
});

test('a request that nobody serves is refused, not swallowed', async () => {
    const { here, close } = pair({});
    await assert.rejects(here.request('what', null), (error) => error.failure.code === 'INTERNAL');
    close();
});

test('a broken link fails what is open and what comes later, with the first reason', async () => {
    const { here, close } = pair({ never: () => new Promise(() => undefined) });
    const open = here.request('never', null);
    here.break(offcutError('ENGINE_LOST', 'python', 'died'));
    here.break(offcutError('CANCELLED', 'python', 'ended'));
    await assert.rejects(open, (error) => error.failure.code === 'ENGINE_LOST');
    await assert.rejects(here.request('x', null), (error) => error.failure.code === 'ENGINE_LOST');
    close();
});
