/**
 * @file Starts a worker of model/, and makes sure of its sandbox.
 *
 * Decides: which build of onnxruntime-web it starts, with WebGPU or without.
 */

import { api } from '../platform/browser.js';
import { requireSandboxed, WorkerHandle } from './worker_handle.js';

/**
 * @param {string} name  Of the worker.
 * @param {boolean} hasGpu  Whether it shall be able to run models on WebGPU, too.
 * @param {(ran: import('../messages/worker_types.js').ModelRan) => void} onRan
 * @param {() => void} onDeath
 * @returns {{ worker: WorkerHandle, port: MessagePort,
 *     booted: Promise<import('../messages/worker_types.js').ModelBooted> }}  The port is Python's end.
 */
export function startModel(name, hasGpu, onRan, onDeath) {
    const { port1, port2 } = new MessageChannel();
    const script = new URL(`../model/${hasGpu ? 'main_gpu' : 'main'}.js`, import.meta.url);
    const worker = new WorkerHandle(name, script, { 'model.ran': onRan }, onDeath);
    const boot = {
        runtimeUrl: api.runtime.getURL('vendor/onnxruntime/'),
        port: port2,
        lockName: worker.lockName,
    };
    const booted = worker.link.request('model.boot', boot, [port2]).then((reply) => {
        requireSandboxed(reply);
        return reply;
    });
    return { worker, port: port1, booted };
}
