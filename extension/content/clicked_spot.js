/**
 * @file Where in a picture the click was, in shares of the picture itself.
 *
 * Decides: for which pictures that is known: an `<img>`, however it is fitted into its box, but not
 * turned or mirrored.
 */

/**
 * @param {PagePicture} picture
 * @param {'click' | 'keyboard'} from
 * @returns {import('../messages/page_types.js').ClickedSpot | undefined}
 */
function clickedSpot({ element, kind }, from) {
    const { point } = contentState();
    if (from !== 'click' || !point || kind !== 'img') return undefined;
    if (!(element instanceof HTMLImageElement) || isTurned(element)) return undefined;
    const { naturalWidth: width, naturalHeight: height } = element;
    const box = width > 0 ? drawnBox(element) : null;
    if (!box) return undefined;
    const x = (point.x - box.x) / box.width;
    const y = (point.y - box.y) / box.height;
    const isInside = x >= 0 && x < 1 && y >= 0 && y < 1;
    return isInside ? { x, y, aspect: width / height } : undefined;
}

/**
 * Whether something turns, mirrors or tilts it: then its box says nothing of the places in it.
 *
 * @param {Element} element
 */
function isTurned(element) {
    /** @type {Element | null} */
    let each = element;
    while (each) {
        const { transform, rotate, scale, offsetPath = 'none' } = getComputedStyle(each);
        const { a, b, c, d, is2D } = new DOMMatrix(transform === 'none' ? '' : transform);
        const isUpright = is2D && a > 0 && d > 0 && b === 0 && c === 0;
        if (!isUpright || rotate !== 'none' || scale.includes('-')) return true;
        if (offsetPath !== 'none') return true;
        each = builtIn(each, 'parentElement') ?? hostOf(each);
    }
    return false;
}

/** @param {Element} element  The topmost one of its tree. */
function hostOf(element) {
    const root = builtIn(element, 'getRootNode')();
    return root instanceof ShadowRoot ? root.host : null;
}

/**
 * Where the whole picture lies, also the parts of it that its box cuts off.
 *
 * @param {HTMLImageElement} image
 * @returns {{ x: number, y: number, width: number, height: number } | null}  CSS pixels of the
 *     viewport; null where it cannot be known.
 */
function drawnBox(image) {
    const style = getComputedStyle(image);
    const outer = boxOf(image);
    const own = { width: image.offsetWidth, height: image.offsetHeight };
    if (own.width < 1 || own.height < 1 || !hasWholeView(style)) return null;
    const across = outer.width / own.width;
    const down = outer.height / own.height;
    const left = pixels(style.borderLeftWidth) + pixels(style.paddingLeft);
    const top = pixels(style.borderTopWidth) + pixels(style.paddingTop);
    const room = {
        width: own.width - left - pixels(style.borderRightWidth) - pixels(style.paddingRight),
        height: own.height - top - pixels(style.borderBottomWidth) - pixels(style.paddingBottom),
    };
    const size = fittedSize(style.objectFit, room, image);
    const [x, y] = style.objectPosition.split(' ');
    const shiftX = shiftOf(x, room.width - size.width);
    const shiftY = shiftOf(y, room.height - size.height);
    if (shiftX === null || shiftY === null || size.width <= 0 || size.height <= 0) return null;
    return {
        x: outer.x + (left + shiftX) * across,
        y: outer.y + (top + shiftY) * down,
        width: size.width * across,
        height: size.height * down,
    };
}

/** @param {CSSStyleDeclaration} style */
function hasWholeView(style) {
    const view = style.getPropertyValue('object-view-box');
    return (view === '' || view === 'none') && style.imageOrientation !== 'none';
}

/** @param {string} length  Computed. */
function pixels(length) {
    return Number.parseFloat(length) || 0;
}

/**
 * @param {string} fit
 * @param {{ width: number, height: number }} room
 * @param {HTMLImageElement} image
 */
function fittedSize(fit, room, { naturalWidth, naturalHeight }) {
    if (fit === 'fill') return room;
    const across = room.width / naturalWidth;
    const down = room.height / naturalHeight;
    const least = Math.min(across, down);
    const scales = { cover: Math.max(across, down), none: 1, 'scale-down': Math.min(1, least) };
    const scale = scales[/** @type {keyof typeof scales} */ (fit)] ?? least;
    return { width: scale * naturalWidth, height: scale * naturalHeight };
}

/**
 * @param {string | undefined} position  Computed: per cent, pixels, or a sum of both.
 * @param {number} free
 */
function shiftOf(position = '', free) {
    const [, number, unit] = /^(-?[\d.]+)(%|px)$/.exec(position) ?? [];
    if (number === undefined) return null;
    return unit === '%' ? (Number(number) / 100) * free : Number(number);
}
