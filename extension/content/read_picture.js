/**
 * @file Reads a picture as its own page may: same origin, CORS-open, data:, blob:, pixels.
 *
 * Decides: in which order a picture is read (addresses, then pixels), the cache, the moment at
 * which a canvas or a video is taken, PICTURE_BLANK, FETCH_BLOCKED, PICTURE_GONE.
 */

/**
 * @param {PagePicture} picture
 * @returns {Promise<Blob>}
 * @throws {object}  A failure record.
 */
async function readPicture(picture) {
    if (picture.kind === 'svg') return serializeDrawing(asDrawing(picture.element));
    const failures = [];
    for (const url of picture.urls) {
        try {
            return await readAddress(url);
        } catch (error) {
            failures.push(error);
        }
    }
    // An address may be dead (a revoked blob:, a one-time link) while its pixels are there.
    try {
        return await (picture.pixels ?? readPixels(picture));
    } catch (error) {
        failures.push(error);
    }
    throw describeFailure(picture.urls[0] ?? '', failures);
}

/** @param {Element} element */
function asDrawing(element) {
    if (element instanceof SVGSVGElement) return element;
    throw new TypeError('is no drawing');
}

/**
 * From the browser's cache where it may be: these are the bytes that the person sees. But a
 * cached answer without CORS headers hides that the server would send them.
 *
 * @param {string} url
 * @returns {Promise<Blob>}
 */
async function readAddress(url) {
    try {
        return await boundedFetch(url, { cache: 'force-cache' });
    } catch (error) {
        const isElsewhere = url.startsWith('http') && new URL(url).origin !== location.origin;
        if (!isElsewhere || !(error instanceof TypeError)) throw error;
        return boundedFetch(url, { cache: 'reload' });
    }
}

/**
 * What moves is taken as it was at the click. A page draws only while its tab is shown, so
 * this cannot wait until the tab of the result is open.
 *
 * @param {PagePicture} picture
 */
async function keepPixels(picture) {
    if (!['canvas', 'video'].includes(picture.kind)) return;
    picture.pixels = readPixels(picture);
    await picture.pixels.catch(() => undefined); // told when it is asked for
}

/**
 * @param {PagePicture} picture
 * @returns {Promise<Blob>}
 */
async function readPixels({ element, kind }) {
    if (element instanceof HTMLCanvasElement) return canvasPixels(element);
    if (element instanceof HTMLVideoElement && kind === 'video') {
        return drawnPixels(element, element.videoWidth, element.videoHeight);
    }
    if (element instanceof HTMLImageElement) {
        return drawnPixels(element, element.naturalWidth, element.naturalHeight);
    }
    throw new Error('has no pixels of its own');
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob>}
 */
async function canvasPixels(canvas) {
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d');
    // A WebGL canvas holds its pixels only while its page draws.
    await nextFrame();
    context?.drawImage(canvas, 0, 0);
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data;
    if (!pixels?.some((value) => value !== 0)) throw new Error('is blank');
    return copy.convertToBlob({ type: 'image/png' });
}

/** When the page draws next; soon in any case, for one that is hidden by now. */
function nextFrame() {
    const soonMs = 250;
    return new Promise((resolve) => {
        requestAnimationFrame(resolve);
        setTimeout(resolve, soonMs);
    });
}

/**
 * @param {HTMLImageElement | HTMLVideoElement} source
 * @param {number} width
 * @param {number} height
 */
async function drawnPixels(source, width, height) {
    if (!width || !height) throw new Error('has not been drawn');
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(source, 0, 0);
    return canvas.convertToBlob({ type: 'image/png' });
}

/**
 * @param {string} url
 * @param {unknown[]} failures
 */
function describeFailure(url, failures) {
    const isServer = url.startsWith('http');
    const known = failures.find(isPictureError);
    const isClosed = failures.some((each) => /SecurityError|tainted/i.test(String(each)));
    const isBlank = failures.some((each) => /is blank/.test(String(each)));
    const other = isServer || isClosed ? 'FETCH_BLOCKED' : 'PICTURE_GONE';
    const server = isServer ? { status: 0, host: new URL(url).host } : {};
    return {
        code: known?.code ?? (isBlank ? 'PICTURE_BLANK' : other),
        stage: 'fetch',
        message: failures.map(String).join('; '),
        detail: { ...server, ...known?.facts },
    };
}
