/**
 * @file Puts the cut-out in the place of its picture, and the picture back.
 *
 * Decides: how each kind of element gets the cut-out, its size in the page, what becomes of srcset
 * and `<picture>`, the panel with "Undo", what "put back" restores.
 */

/**
 * @param {PagePicture} picture
 * @param {Blob} cutout
 * @throws {object}  A failure record: PICTURE_GONE where the page shows another one by now.
 */
async function replacePicture(picture, cutout) {
    const url = URL.createObjectURL(cutout);
    await decodeFirst(url);
    if (!(await stillShows(picture))) {
        URL.revokeObjectURL(url);
        throw pictureError('PICTURE_GONE', 'the page shows another picture there, or none');
    }
    const { isThere, undo } = putInPlace(picture, url);
    const { replaced } = contentState();
    /** @type {Replacement} */
    const replacement = {
        isThere,
        undo: () => {
            const index = replaced.indexOf(replacement);
            if (index < 0) return; // it was put back in another way
            replaced.splice(index, 1);
            closePanel(replacement);
            undo();
            URL.revokeObjectURL(url);
            tellReplaced();
        },
    };
    replaced.push(replacement);
    showReplaced(replacement);
}

/**
 * The comparison is to be the last thing before the change; and nothing flickers.
 *
 * @param {string} url
 */
async function decodeFirst(url) {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => undefined);
}

/** Put the picture back that was replaced last. */
function restorePicture() {
    stillReplaced().at(-1)?.undo();
}

/** @returns {Replacement[]}  What can be put back. */
function stillReplaced() {
    const state = contentState();
    state.replaced = state.replaced.filter(({ isThere }) => isThere());
    return state.replaced;
}

/** The service worker offers to put a picture back only where there is one; it asks which. */
async function tellReplaced() {
    try {
        await chrome.runtime.sendMessage({ to: 'menu', type: 'replaced.changed' });
    } catch (error) {
        console.debug('the extension was updated since:', error);
    }
}

/** @param {Replacement} replacement */
function showReplaced(replacement) {
    const sentence = builtIn(document, 'createElement')('span');
    sentence.textContent = panelText('replaced_said');
    const undo = panelButton(panelText('replaced_undo'), () => replacement.undo());
    closePanel(); // one at a time: the menu puts earlier ones back
    const { close } = openStatus([
        sentence,
        undo,
        panelButton(panelText('replaced_close'), () => close()),
    ]);
    contentState().panel = { replacement, close };
}

/**
 * Close the panel of a replacement, or whichever is open.
 *
 * @param {Replacement} [replacement]
 */
function closePanel(replacement) {
    const state = contentState();
    if (!state.panel || (replacement && state.panel.replacement !== replacement)) return;
    state.panel.close();
    state.panel = null;
}
