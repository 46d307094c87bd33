/**
 * @file Takes from the service worker, through which cut-outs pass, what it could reach a host with.
 *
 * Decides: that it asks no host for anything. What fetches is in workers of the engine.
 */

const GONE = ['WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'caches', 'Cache'];
const readHere = globalThis.fetch;

for (const name of [...GONE, 'CacheStorage', 'StorageBucketManager']) {
    Reflect.deleteProperty(globalThis, name);
}
/** @param {any} url  A picture of the screen comes as an address that holds it. */
globalThis.fetch = async (url) => {
    const address = `${url}`;
    if (!address.startsWith('data:')) throw new TypeError('the service worker asks nobody');
    return readHere(address);
};
Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'storageBuckets');
