/**
 * @file Answers the service worker, and asks it for nothing. All that it says of its own accord
 * is that a replaced picture was put back, and what it asks of the network (note_request.js).
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
    const { element, urls, label = '', kind, spot } = picture;
    return {
        number: numberPicture(picture),
        kind,
        urls: urls.filter((url) => url.startsWith('http')).map(plainAddress),
        label,
        spot,
        page: location.href,
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
            const all = findPictures(request);
            const found = all.slice(0, mostChoices());
            for (const picture of found) {
                picture.shown = whatIsShown(picture);
                picture.spot = clickedSpot(picture, request.from);
            }
            const pictures = found.map(report);
            await Promise.all(found.map(keepPixels));
            return { pictures, hasMore: all.length > found.length };
        },
        'pictures.list': () => listPictures(),
        'pictures.choose': async ({ pictures, hasMore }) => ({
            chosen: await chooseMany(pictures, hasMore),
        }),
        'region.choose': async () => ({ box: await chooseRegion() }),
        'picture.choose': async ({ numbers, hasMore }) => {
            const chosen = await choosePicture(numbers.map(pictureNumber), hasMore);
            return { number: chosen ? numberPicture(chosen) : null };
        },
        'picture.read': ({ number }) => readPicture(pictureNumber(number)),
        'address.read': ({ url, credentials }) =>
            readPicture({ element: pageRoot(), kind: 'address', urls: [url], credentials }),
        'reading.drop': () => dropReading(),
        'picture.locate': async ({ number }) => ({ box: await pictureBox(pictureNumber(number)) }),
        'picture.replace': ({ number, blob }) => replacePicture(pictureNumber(number), blob),
        'picture.restore': () => restorePicture(),
        'replaced.count': () => ({ count: stillReplaced().length, page: location.href }),
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
    chrome.runtime.onConnect.addListener(showMark);
}

serveClicks();
