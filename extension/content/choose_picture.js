/**
 * @file Several pictures lie at the clicked place: the person chooses.
 *
 * Decides: the names and thumbnails in that list, the keyboard, Escape and Cancel. Which pictures it
 * offers is decided in find_pictures.js.
 */

/**
 * @param {PagePicture[]} pictures
 * @param {boolean} hasMore  There are others below, which are not offered.
 * @returns {Promise<PagePicture | null>}  null when none is wanted (Escape, Cancel). If the page does
 *     not let the question be, it is the topmost: that was clicked.
 */
function choosePicture(pictures, hasMore) {
    /** @type {{ left: PagePicture | null, gone: PagePicture | null }} */
    const unasked = { left: null, gone: pictures[0] ?? null };
    return askOverPage(unasked, (panel, answer) => {
        addTitle(panel, panelText('choose_title'));
        const list = builtIn(document, 'createElement')('ul');
        list.className = 'choices';
        for (const picture of pictures) list.append(choice(picture, () => answer(picture)));
        const cancel = panelButton(panelText('choose_cancel'), () => answer(null));
        panel.append(list, ...(hasMore ? [panelSentence(panelText('choose_more'))] : []), cancel);
        list.querySelector('button')?.focus();
    });
}

/**
 * @param {PagePicture} picture
 * @param {() => void} choose
 */
function choice(picture, choose) {
    const item = builtIn(document, 'createElement')('li');
    const name = builtIn(document, 'createElement')('span');
    name.textContent = describePicture(picture);
    const button = panelButton('', choose);
    button.className = 'choice';
    button.append(thumbnail(picture), name);
    item.append(button);
    return item;
}

/** @param {PagePicture} picture */
function describePicture({ urls, label, kind }) {
    const last = /^https?:/.test(urls[0] ?? '') ? new URL(urls[0] ?? '').pathname : '';
    return label || last.split('/').at(-1) || kind;
}

/**
 * What the page shows may be shown again, even where it may not be read.
 *
 * @param {PagePicture} picture
 */
function thumbnail({ element, urls, kind }) {
    const url = urls.at(-1);
    if (url) {
        const image = builtIn(document, 'createElement')('img');
        image.alt = '';
        showAddress(image, url);
        return image;
    }
    const canvas = builtIn(document, 'createElement')('canvas');
    canvas.width = 220;
    canvas.height = 168;
    if (element instanceof HTMLCanvasElement || element instanceof HTMLVideoElement) {
        drawContained(canvas, element);
    } else if (kind === 'svg') drawDrawing(canvas, element).catch(() => undefined);
    return canvas;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement | HTMLVideoElement | HTMLImageElement} source
 */
function drawContained(canvas, source) {
    const isVideo = source instanceof HTMLVideoElement;
    const width = isVideo ? source.videoWidth : source.width;
    const height = isVideo ? source.videoHeight : source.height;
    if (!width || !height) return; // drawing a canvas without pixels throws
    const scale = Math.min(canvas.width / width, canvas.height / height);
    const [wide, high] = [width * scale, height * scale];
    const [x, y] = [(canvas.width - wide) / 2, (canvas.height - high) / 2];
    canvas.getContext('2d')?.drawImage(source, x, y, wide, high);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Element} element
 */
async function drawDrawing(canvas, element) {
    const image = new Image();
    image.src = await asDataUrl(await serializeDrawing(asDrawing(element)));
    await image.decode();
    drawContained(canvas, image);
}
