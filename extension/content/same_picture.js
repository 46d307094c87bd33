/**
 * @file Does an element still show the picture that was clicked? A page may put another one into
 * it while the cut-out is made, under the same address even.
 */

/**
 * What an element showed at the click.
 *
 * @typedef {object} Shown
 * @property {string} file       The address that is shown; of a video its file.
 * @property {unknown} stream    Of a video that has no file.
 * @property {string} text       Of a drawing.
 * @property {number} width      Pixels of the picture itself; 0 where that is not known.
 * @property {number} height
 * @property {Promise<Uint8ClampedArray | null>} sample  A few of its pixels; null where none can
 *     be had.
 */

/**
 * @param {PagePicture} picture
 * @returns {Shown}
 */
function whatIsShown({ element, kind }) {
    const { width, height } = sizeOf(element, kind);
    return {
        file: 'currentSrc' in element ? String(element.currentSrc) : '',
        stream: element instanceof HTMLVideoElement ? element.srcObject : null,
        text: kind === 'svg' ? element.innerHTML : '',
        width,
        height,
        sample: width * height > 0 ? takeSample(element) : Promise.resolve(null),
    };
}

/**
 * @param {PagePicture} picture
 * @returns {Promise<boolean>}
 */
async function stillShows(picture) {
    const { element, shown } = picture;
    if (!builtIn(element, 'isConnected') || !shown) return false;
    if (!isInPlace(picture)) return false;
    const current = whatIsShown(picture);
    if (current.stream !== shown.stream || current.text !== shown.text) return false;
    // One of the files that an `<img>` offers for the same picture has other pixels than another.
    if (current.file !== shown.file) return picture.kind === 'img';
    const isSized = shown.width > 0; // it was here at the click already
    const isOtherSize = current.width !== shown.width || current.height !== shown.height;
    if (isSized && isOtherSize) return false;
    return isAlike(await shown.sample, await current.sample);
}

/**
 * Does its element still have the address that was clicked?
 *
 * @param {PagePicture} picture
 */
function isInPlace(picture) {
    return picturesOfElement(picture.element).some((each) => isSamePlace(each, picture));
}

/**
 * @param {PagePicture} one
 * @param {PagePicture} other
 */
function isSamePlace(one, other) {
    if (one.kind !== other.kind || one.style !== other.style || one.pseudo !== other.pseudo) {
        return false;
    }
    if (other.urls.length === 0) return one.urls.length === 0;
    return one.urls.some((url) => other.urls.includes(url));
}

/**
 * @param {Element} element
 * @param {string} kind
 */
function sizeOf(element, kind) {
    if (kind === 'img' && element instanceof HTMLImageElement) {
        return { width: element.naturalWidth, height: element.naturalHeight };
    }
    if (element instanceof HTMLCanvasElement) {
        return { width: element.width, height: element.height };
    }
    return { width: 0, height: 0 };
}

/**
 * @param {Element} element
 * @returns {Promise<Uint8ClampedArray | null>}
 */
async function takeSample(element) {
    if (!(element instanceof HTMLImageElement || element instanceof HTMLCanvasElement)) return null;
    const side = 32;
    // A WebGL canvas holds its pixels only while its page draws.
    if (element instanceof HTMLCanvasElement) await nextFrame();
    else if (!element.complete) return null;
    try {
        const context = new OffscreenCanvas(side, side).getContext('2d');
        context?.drawImage(element, 0, 0, side, side);
        return context?.getImageData(0, 0, side, side).data ?? null;
    } catch {
        return null; // the page lets its pixels not be read
    }
}

/**
 * @param {Uint8ClampedArray | null} one  At the click.
 * @param {Uint8ClampedArray | null} other
 */
function isAlike(one, other) {
    const mostLevels = 16;
    if (!one) return true;
    if (!other) return false;
    return one.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= mostLevels);
}
