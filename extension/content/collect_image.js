/**
 * @file Reads the clicked picture as its own page may: same origin, CORS-open, data:, blob:.
 *
 * Injected into one frame by a click, as a classic script; answers the service worker and
 * sends nothing of its own accord.
 */

(() => {
    const LONGEST_NAMED = 2 * 1024 * 1024;
    const INSTALLED = Symbol.for('offcut.collect_image');
    if (Reflect.get(globalThis, INSTALLED)) return;
    Reflect.set(globalThis, INSTALLED, true);

    chrome.runtime.onMessage.addListener((message, _sender, sendResponse) => {
        if (message?.to !== 'content' || message.type !== 'source.collect') return false;
        collect(message.body.url).then(
            (blob) => sendResponse({ ok: true, body: { blob } }),
            (failure) => sendResponse({ ok: false, failure }),
        );
        return true; // the reply comes later
    });

    /**
     * @param {string} url
     * @returns {Promise<Blob>}
     */
    async function collect(url) {
        const address = url || unnamedAddress();
        if (!address) throw describe('', []);
        const failures = [];
        for (const read of [readAsShown, readAnew, readPixels]) {
            try {
                return await read(address);
            } catch (error) {
                failures.push(error);
            }
        }
        throw describe(address, failures);
    }

    /**
     * Chromium leaves an address of more than two megabytes, a large data: one, out of the
     * click. Such a picture is known by that: it is the only one, or the one pointed at.
     */
    function unnamedAddress() {
        const large = Array.from(document.images).filter(
            ({ currentSrc }) => currentSrc.length > LONGEST_NAMED,
        );
        const image = large.find((each) => each.matches(':hover')) ?? large[0];
        return large.length === 1 || image?.matches(':hover') ? (image?.currentSrc ?? '') : '';
    }

    /**
     * From the browser's cache where it may be: these are the bytes that the person sees.
     *
     * @param {string} url
     */
    function readAsShown(url) {
        return read(url, 'force-cache');
    }

    /**
     * A cached answer without CORS headers hides that the server would send them.
     *
     * @param {string} url
     */
    function readAnew(url) {
        if (!url.startsWith('http')) throw new TypeError('has no server');
        if (new URL(url).origin === location.origin) throw new TypeError('was read before');
        return read(url, 'reload');
    }

    /**
     * @param {string} url
     * @param {RequestCache} cache
     */
    async function read(url, cache) {
        const response = await fetch(url, { cache });
        if (!response.ok) throw response;
        const blob = await response.blob();
        // What some servers answer instead of a picture that is not asked for by an <img>.
        if (/^text\/html/.test(blob.type)) throw new TypeError('is a page');
        return blob;
    }

    /**
     * A picture whose address is dead (a revoked blob:, a one-time link) still has its pixels.
     *
     * @param {string} url
     * @returns {Promise<Blob>}
     */
    async function readPixels(url) {
        const image = Array.from(document.images).find((each) => each.currentSrc === url);
        if (!image?.naturalWidth) throw new Error('is not in the document');
        const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
        canvas.getContext('2d')?.drawImage(image, 0, 0);
        return canvas.convertToBlob({ type: 'image/png' });
    }

    /**
     * @param {string} url
     * @param {unknown[]} failures
     */
    function describe(url, failures) {
        const answer = failures.find((each) => each instanceof Response);
        const isServer = url.startsWith('http');
        const code = answer ? 'FETCH_FAILED' : isServer ? 'FETCH_BLOCKED' : 'PICTURE_GONE';
        return {
            code,
            stage: 'fetch',
            message: failures.map(String).join('; '),
            detail: answer ? { status: answer.status, host: new URL(url).host } : {},
        };
    }
})();
