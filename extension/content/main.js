/**
 * @file Answers the service worker; sends nothing of its own accord, and asks for nothing.
 *
 * Decides: which message is answered by which file, and which facts of a picture are reported
 * (addresses, page, crossorigin, referrer policy); PICTURE_GONE after a reload. It names
 * chrome.runtime itself, since content scripts import nothing.
 */

/**
 * @param {PagePicture} picture
 * @returns {import('../messages/page_types.js').FoundPicture}
 */
function report(picture) {
    const { element, urls, label = '', kind } = picture;
    return {
        number: numberPicture(picture),
        kind,
        urls: urls.map((url) => (url.startsWith('http') ? url : '')).filter(Boolean),
        label,
        page: document.URL,
        anonymous: 'crossOrigin' in element && element.crossOrigin === 'anonymous',
        referrerPolicy: 'referrerPolicy' in element ? String(element.referrerPolicy) : '',
    };
}

/** @param {number} number */
function pictureNumber(number) {
    const picture = contentState().pictures.get(number);
    if (!picture) throw pictureError('PICTURE_GONE', 'the page was loaded anew');
    return picture;
}

/** @returns {Record<string, (body: any) => unknown>} */
function contentHandlers() {
    return {
        'pictures.find': async (request) => {
            const found = findPictures(request);
            const pictures = found.map(report);
            await Promise.all(found.map(keepPixels));
            return { pictures };
        },
        'picture.choose': async ({ numbers }) => {
            const chosen = await choosePicture(numbers.map(pictureNumber));
            return { number: chosen ? numberPicture(chosen) : null };
        },
        'picture.read': async ({ number }) => ({ blob: await readPicture(pictureNumber(number)) }),
        'address.read': async ({ url }) => {
            /** @type {PagePicture} */
            const named = { element: document.documentElement, kind: 'address', urls: [url] };
            return { blob: await readPicture(named) };
        },
        'picture.locate': async ({ number }) => ({ box: await pictureBox(pictureNumber(number)) }),
        'picture.replace': ({ number, blob }) => replacePicture(pictureNumber(number), blob),
        'picture.restore': () => restorePicture(),
        'cutout.copy': ({ blob }) => copyCutout(blob),
    };
}

/** @param {unknown} thrown */
function contentFailure(thrown) {
    if (thrown instanceof Error) {
        const code = isPictureError(thrown) ? thrown.code : 'INTERNAL';
        return { code, stage: 'fetch', message: thrown.message, detail: {} };
    }
    return thrown; // a failure already
}

function serveClicks() {
    const state = contentState();
    state.hovered = innermostHovered();
    if (state.isServing) return;
    state.isServing = true;
    const handlers = contentHandlers();
    chrome.runtime.onMessage.addListener((message, _sender, sendResponse) => {
        if (message?.to !== 'content') return false;
        const answer = async () => handlers[message.type]?.(message.body);
        answer().then(
            (body) => sendResponse({ ok: true, body }),
            (error) => sendResponse({ ok: false, failure: contentFailure(error) }),
        );
        return true; // the reply comes later
    });
}

serveClicks();
