/**
 * @file Pictures that an element is, by its kind.
 *
 * Decides: which elements count: img, picture, canvas, video or its poster, SVG, image map, input,
 * object, embed, iframe; which label they have.
 */

/**
 * @param {Element} element
 * @returns {PagePicture[]}
 */
function picturesOfElement(element) {
    const own = ownPicture(element);
    return own ? [own, ...stylePictures(element)] : stylePictures(element);
}

/**
 * @param {Element} element
 * @returns {PagePicture | null}
 */
function ownPicture(element) {
    const attribute = builtIn(element, 'getAttribute');
    const label = attribute('alt') || attribute('aria-label') || '';
    const picture = (/** @type {string} */ kind, /** @type {string[]} */ urls) => ({
        element,
        kind,
        urls: urls.filter(Boolean),
        label,
    });
    if (element instanceof HTMLImageElement) {
        const urls = addressesOfImage(element);
        return urls.length > 0 ? picture('img', urls) : null;
    }
    if (element instanceof HTMLAreaElement) return pictureOfMap(element);
    if (element instanceof HTMLCanvasElement) return picture('canvas', []);
    if (element instanceof HTMLVideoElement) return pictureOfVideo(element, picture);
    if (element instanceof HTMLInputElement && element.type === 'image') {
        return picture('input', [element.src]);
    }
    if (element instanceof HTMLObjectElement) return asPicture(picture('object', [element.data]));
    if (element instanceof HTMLEmbedElement) return asPicture(picture('embed', [element.src]));
    if (element instanceof HTMLIFrameElement) return asPicture(picture('iframe', [element.src]));
    if (element instanceof SVGImageElement) {
        return picture('svg image', [absolute(element.href.baseVal, element)]);
    }
    if (element instanceof SVGElement) return pictureOfDrawing(element);
    return null;
}

/**
 * An image map: what lies at the point is its area, the picture is elsewhere in the tree.
 *
 * @param {HTMLAreaElement} area
 */
function pictureOfMap(area) {
    const name = area.closest('map')?.name;
    const image = Array.from(builtIn(document, 'images')).find(
        (each) => each.useMap === `#${name}`,
    );
    return image ? ownPicture(image) : null;
}

/**
 * The frame that is shown; the poster before there is one.
 *
 * @param {HTMLVideoElement} video
 * @param {(kind: string, urls: string[]) => PagePicture} picture
 */
function pictureOfVideo(video, picture) {
    const isPoster = video.poster && video.currentTime === 0 && video.paused;
    if (isPoster || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
        return video.poster ? picture('poster', [absolute(video.poster, video)]) : null;
    }
    return picture('video', []);
}

/**
 * A nested document counts when it is nothing but a picture.
 *
 * @param {PagePicture} picture
 */
function asPicture(picture) {
    const { element, urls } = picture;
    const type = element.getAttribute('type') ?? '';
    const inner = 'contentDocument' in element ? element.contentDocument : null;
    const isPicture =
        type.startsWith('image/') ||
        (inner instanceof Document && inner.contentType.startsWith('image/')) ||
        /^data:image\/|\.(?:avif|bmp|gif|jpe?g|png|svg|webp)(?:$|[?#])/i.test(urls[0] ?? '');
    return isPicture && urls.length > 0 ? picture : null;
}

/**
 * A drawing with nothing but one picture in it: that picture is meant.
 *
 * @param {SVGSVGElement} drawing
 */
function isOnlyFrame(drawing) {
    const shapes = 'path, circle, rect, ellipse, line, polygon, polyline, text, use, image';
    const drawn = drawing.querySelectorAll(shapes);
    return drawn.length === 1 && drawn[0] instanceof SVGImageElement;
}

/**
 * The whole drawing that a shape belongs to.
 *
 * @param {SVGElement} shape
 * @returns {PagePicture | null}
 */
function pictureOfDrawing(shape) {
    let drawing = shape instanceof SVGSVGElement ? shape : shape.ownerSVGElement;
    while (drawing?.ownerSVGElement) drawing = drawing.ownerSVGElement;
    if (!drawing || isOnlyFrame(drawing)) return null;
    const label = drawing.getAttribute('aria-label') ?? drawing.querySelector('title')?.textContent;
    return { element: drawing, kind: 'svg', urls: [], label: label ?? '' };
}
