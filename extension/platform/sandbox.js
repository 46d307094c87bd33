/**
 * @file Takes from a worker everything that it does not need, the network and the storage first.
 *
 * Decides: which names of the platform a worker that sees pictures keeps; all others go.
 *
 * It gets all it works with by messages, so it deletes what could send a picture away or keep it
 * before the first one arrives. A list of what is dangerous would miss what browsers learn
 * tomorrow, so this is a list of what is needed, and an unknown name goes too. Dynamic import
 * cannot be deleted; the manifest's content security policy limits it to our own package.
 */

/** The language itself, as ECMA-262 and ECMA-402 have it. */
const LANGUAGE = `
    globalThis Infinity NaN undefined eval isFinite isNaN parseFloat parseInt
    decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape
    Object Function Boolean Symbol Number BigInt Math Date String RegExp Intl JSON Temporal
    Array ArrayBuffer SharedArrayBuffer DataView Atomics Map Set WeakMap WeakSet WeakRef
    Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
    BigInt64Array BigUint64Array Float16Array Float32Array Float64Array
    Iterator Promise Proxy Reflect FinalizationRegistry DisposableStack AsyncDisposableStack
    Error AggregateError EvalError RangeError ReferenceError SuppressedError SyntaxError TypeError
    URIError WebAssembly`;

/** Of the platform: messages, time, text, streams in memory, and how a JPEG is decoded. */
const PLATFORM = `
    self name location navigator origin isSecureContext crossOriginIsolated constructor console
    postMessage close onmessage onmessageerror onerror onrejectionhandled onunhandledrejection
    addEventListener removeEventListener dispatchEvent reportError
    setTimeout clearTimeout setInterval clearInterval queueMicrotask structuredClone atob btoa
    performance Performance crypto Crypto CryptoKey SubtleCrypto
    DedicatedWorkerGlobalScope WorkerGlobalScope WorkerNavigator WorkerLocation
    Event EventTarget MessageEvent ErrorEvent PromiseRejectionEvent CustomEvent
    MessageChannel MessagePort AbortController AbortSignal DOMException QuotaExceededError
    URL URLSearchParams TextDecoder TextEncoder Blob ImageData ImageBitmap createImageBitmap
    VideoFrame Lock LockManager TEMPORARY PERSISTENT`;

/** WebGPU computes and cannot send. */
const GRAPHICS = /^GPU|^WGSL/;

const NAVIGATOR = new Set(
    words('constructor hardwareConcurrency userAgent platform language languages locks gpu'),
);
const KEPT = new Set([...words(LANGUAGE), ...words(PLATFORM)]);

/**
 * Remove all that this worker does not need from its global scope, for good.
 *
 * @returns {string[]}  What could not be removed; empty when the sandbox is complete.
 */
export function sandboxWorker() {
    const isKept = (/** @type {string} */ name) => KEPT.has(name) || GRAPHICS.test(name);
    // First, while the way to it is still there.
    const inNavigator = keepOnly(navigator, (name) => NAVIGATOR.has(name));
    return [...keepOnly(globalThis, isKept), ...inNavigator.map((name) => `navigator.${name}`)];
}

/**
 * Delete names from an object and from all that it inherits, but not from Object.
 *
 * @param {object} from
 * @param {(name: string) => boolean} isKept
 * @returns {string[]}  What is still there.
 */
function keepOnly(from, isKept) {
    /** @type {string[]} */
    const left = [];
    /** @type {object} */
    let scope = from;
    while (scope !== Object.prototype) {
        for (const name of Object.getOwnPropertyNames(scope)) {
            if (!isKept(name) && !Reflect.deleteProperty(scope, name)) left.push(name);
        }
        scope = Object.getPrototypeOf(scope);
    }
    return left;
}

/** @param {string} text */
function words(text) {
    return text.trim().split(/\s+/);
}
