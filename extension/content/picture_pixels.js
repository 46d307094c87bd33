/**
 * @file The pixels of a picture as its element has them, for when its file cannot be had.
 */

/** @typedef {{ blob: Blob, isSmaller: boolean }} PagePixels */

/** The browser writes some ten million pixels a second as PNG, and a person waits for them. */
function mostPixels() {
    return 16_000_000;
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
 * @returns {Promise<PagePixels>}
 */
async function readPixels({ element, kind }) {
    if (element instanceof HTMLCanvasElement) {
        // A WebGL canvas holds its pixels only while its page draws.
        await nextFrame();
        return drawnPixels(element, element.width, element.height);
    }
    if (element instanceof HTMLVideoElement && kind === 'video') {
        return drawnPixels(element, element.videoWidth, element.videoHeight);
    }
    if (element instanceof HTMLImageElement && kind === 'img') {
        return drawnPixels(element, element.naturalWidth, element.naturalHeight);
    }
    throw new Error('has no pixels of its own');
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
 * @param {HTMLImageElement | HTMLVideoElement | HTMLCanvasElement} source
 * @param {number} width
 * @param {number} height
 * @returns {Promise<PagePixels>}
 */
async function drawnPixels(source, width, height) {
    if (!width || !height) throw new Error('has not been drawn');
    const scale = Math.min(1, Math.sqrt(mostPixels() / (width * height)));
    const side = (/** @type {number} */ length) => Math.max(1, Math.round(length * scale));
    const copy = new OffscreenCanvas(side(width), side(height));
    const context = copy.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('there is no room for its pixels');
    context.imageSmoothingQuality = 'high';
    context.drawImage(source, 0, 0, copy.width, copy.height);
    if (source instanceof HTMLCanvasElement && isBlank(context)) throw new Error('is blank');
    return { blob: await copy.convertToBlob({ type: 'image/png' }), isSmaller: scale < 1 };
}

/**
 * Band by band: the first one that has anything ends it.
 *
 * @param {OffscreenCanvasRenderingContext2D} context
 */
function isBlank(context) {
    const { width, height } = context.canvas;
    const rows = 256;
    for (let top = 0; top < height; top += rows) {
        const { data } = context.getImageData(0, top, width, Math.min(rows, height - top));
        if (new Uint32Array(data.buffer).some(Boolean)) return false;
    }
    return true;
}
