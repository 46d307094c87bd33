/**
 * @file Reads a picture as its own page may: same origin, CORS-open, data:, blob:, pixels.
 *
 * Decides: in which order a picture is read (addresses, then pixels), that a larger file than the
 * shown one is not followed to another place, the cache, the moment at
 * which a canvas or a video is taken, PICTURE_BLANK, FETCH_BLOCKED, PICTURE_GONE.
 */

/**
 * @typedef {object} ReadPicture
 * @property {Blob} blob
 * @property {string[]} notices   Codes of what the user must know about it.
 * @property {boolean} isStandIn  Only the pixels of a file that the page itself may not read.
 */

/**
 * @param {PagePicture} picture
 * @returns {Promise<ReadPicture>}
 * @throws {object}  A failure record.
 */
async function readPicture(picture) {
    if (picture.kind === 'svg') return asRead(await serializeDrawing(asDrawing(picture.element)));
    const failures = [];
    for (const url of picture.urls) {
        try {
            return asRead(await readAddress(url, howToAsk(picture, url)));
        } catch (error) {
            failures.push(error);
        }
    }
    // An address may be dead (a revoked blob:, a one-time link) while its pixels are there.
    try {
        const { blob, isSmaller } = await (picture.pixels ?? readShownPixels(picture));
        const isStandIn = failures.some((failure) => !isPictureError(failure));
        return { blob, notices: isSmaller ? ['MADE_SMALLER'] : [], isStandIn };
    } catch (error) {
        failures.push(error);
    }
    throw await describeFailure(picture, failures);
}

/**
 * @param {PagePicture} picture
 * @throws {object}  PICTURE_GONE where the page has put another one there since the click.
 */
async function readShownPixels(picture) {
    if (picture.kind !== 'address' && !(await stillShows(picture))) {
        throw pictureError('PICTURE_GONE', 'the page shows another picture there, or none');
    }
    return readPixels(picture);
}

/**
 * @param {Blob} blob
 * @returns {ReadPicture}
 */
function asRead(blob) {
    return { blob, notices: [], isStandIn: false };
}

/** @param {Element} element */
function asDrawing(element) {
    if (element instanceof SVGSVGElement) return element;
    throw new TypeError('is no drawing');
}

/**
 * The page has asked for the file that it shows, wherever that was sent on to. A larger one that it
 * offers leads nowhere else: no other server shall hear of a click.
 *
 * @param {PagePicture} picture
 * @param {string} url
 * @returns {RequestInit}
 */
function howToAsk({ urls, credentials = 'same-origin' }, url) {
    return { credentials, redirect: url === urls.at(-1) ? 'follow' : 'error' };
}

/**
 * From the browser's cache where it may be: these are the bytes that the person sees. But a
 * cached answer without CORS headers hides that the server would send them.
 *
 * @param {string} url
 * @param {RequestInit} [how]
 * @returns {Promise<Blob>}
 */
async function readAddress(url, how = {}) {
    const { signal } = contentState().reading;
    const hooks = { note: noteRequest, signal };
    try {
        return await boundedFetch(url, { ...how, cache: 'force-cache' }, hooks);
    } catch (error) {
        if (!url.startsWith('http') || !isNetworkError(error)) throw error;
        if (new URL(url).origin !== location.origin) {
            return boundedFetch(url, { ...how, cache: 'reload' }, hooks);
        }
        await noteRedirect(url, how, signal);
        throw error;
    }
}

/**
 * The page's own server may have sent on to one that the page may not read. A second request, which
 * stops there, lets the ledger say so. Of other servers the browser does not tell a page.
 *
 * @param {string} url
 * @param {RequestInit} how
 * @param {AbortSignal} signal
 */
async function noteRedirect(url, how, signal) {
    const purpose = { why: /** @type {const} */ ('picture'), note: noteRequest };
    await askNetwork(url, { ...how, redirect: 'manual', signal }, purpose).catch(() => undefined);
}

/** Let what is being read be: the person erases everything. */
function dropReading() {
    const state = contentState();
    state.reading.abort();
    state.reading = new AbortController();
}

/**
 * @param {PagePicture} picture
 * @param {unknown[]} failures
 */
async function describeFailure(picture, failures) {
    const { element, urls } = picture;
    const url = urls[0] ?? '';
    const isServer = url.startsWith('http');
    const known = failures.find(isPictureError);
    const isBlank = failures.some((each) => /is blank/.test(String(each)));
    // What is seen and may not be read can still be taken from the screen.
    const other = isServer || builtIn(element, 'isConnected') ? 'FETCH_BLOCKED' : 'PICTURE_GONE';
    const server = isServer ? { status: 0, host: new URL(url).host } : {};
    const broken = (await isBroken(picture)) ? { broken: 1 } : {};
    return {
        code: known?.code ?? (isBlank ? 'PICTURE_BLANK' : other),
        stage: 'fetch',
        message: failures.map(String).join('; '),
        detail: { ...server, ...known?.facts, ...broken },
    };
}

/**
 * The page shows nothing there but the sign of a picture that did not come, if that.
 *
 * @param {PagePicture} picture
 */
async function isBroken({ element, kind, urls }) {
    if (kind === 'address') return false; // nobody has looked for it in the page
    if (element instanceof HTMLImageElement && kind === 'img') return element.naturalWidth === 0;
    const [url] = urls;
    if (!url?.startsWith('http')) return false;
    const image = new Image();
    showAddress(image, url);
    return image.decode().then(
        () => false,
        () => true,
    );
}
