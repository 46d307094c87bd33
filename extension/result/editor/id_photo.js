/**
 * @file The panel for photos for offices: the format, and marks for crown, eyes and chin on a small
 * picture.
 *
 * Decides: where the marks begin, how they are dragged and moved by keys, and that they keep their
 * order; how formats are called and what is said of them. What a format asks for:
 * py/offcut/options/id_photos.json.
 */

import { ID_PHOTOS } from '../../messages/id_photos.js';
import { byId, make } from '../../ui/dom.js';
import { formatDay, formatNumber, LANGUAGE, text } from '../../ui/i18n.js';
import { headMarks } from './head_marks.js';
import { isUnmarked } from './id_photo_state.js';

/** @typedef {import('./edit_state.js').EditState} EditState */
/** @typedef {'idCrown' | 'idEyes' | 'idChin'} Mark */
/** @typedef {keyof typeof ID_PHOTOS} IdFormat */

/** From above. */
const MARKS = /** @type {const} */ (['idCrown', 'idEyes', 'idChin']);
/** Per cent of the picture that two marks keep from each other, and that a key moves one. */
const LEAST = 0.5;
const STEP = 0.25;
const LARGE_STEP = 2;
/** Pixels of the longer side at which a head is looked for. */
const MARKED_SIDE = 240;

export class IdPhotoPanel {
    #editor;
    #box = byId('id-guides', HTMLElement);
    #canvas = byId('id-picture', HTMLCanvasElement);
    /** @type {Map<Mark, HTMLElement>} */
    #marks = new Map();
    #middle = byId('id-middle', HTMLElement);
    /** @type {import('./paint_stage.js').Layer | null} What is on the canvas. */
    #shown = null;

    /** @param {import('./editor.js').Editor} editor */
    constructor(editor) {
        this.#editor = editor;
        fillFormats(byId('id-photo', HTMLSelectElement));
        for (const mark of MARKS) {
            const element = byId(`mark-${mark}`, HTMLElement);
            this.#marks.set(mark, element);
            this.#wire(element, (place) => ({ [mark]: this.#keepOrder(mark, place.y) }), mark);
        }
        this.#wire(this.#middle, ({ x }) => ({ idMiddle: clamp(x, 0, 100) }), 'idMiddle');
        byId('id-group', HTMLElement).addEventListener('toggle', () => this.#paint());
    }

    /** @param {EditState} state */
    show(state) {
        for (const [mark, element] of this.#marks) {
            element.style.insetBlockStart = `${state[mark]}%`;
            tell(element, state[mark]);
        }
        this.#middle.style.left = `${state.idMiddle}%`;
        tell(this.#middle, state.idMiddle);
        byId('id-source', HTMLElement).textContent = sourceOf(state.idPhoto);
        if (state.idPhoto !== 'none') this.#paint();
    }

    /**
     * Where the marks begin when a format is chosen: at the head of the cut-out, unless a person has
     * placed them.
     *
     * @returns {Partial<EditState>}
     */
    firstMarks() {
        const { now, stage } = this.#editor;
        const { original, result } = stage.scene;
        const isCutout = now.output === 'cutout' && now.backgroundKind === 'transparent';
        if (now.idPhoto !== 'none' || !isUnmarked(now) || !isCutout) return {};
        return (original && result && headMarks(...pixelsOf(result, original.box))) ?? {};
    }

    /** The original is drawn once there is one; it may come late. */
    #paint() {
        const layer = this.#editor.stage.scene.original;
        if (!layer || layer === this.#shown || this.#box.clientWidth === 0) return;
        const { width, height } = layer.box;
        this.#canvas.width = Math.min(width, Math.ceil(this.#box.clientWidth * devicePixelRatio));
        this.#canvas.height = Math.max(1, Math.round((this.#canvas.width * height) / width));
        const context = this.#canvas.getContext('2d');
        context?.drawImage(layer.image, 0, 0, this.#canvas.width, this.#canvas.height);
        this.#shown = layer;
    }

    /**
     * @param {HTMLElement} handle
     * @param {(place: { x: number, y: number }) => Partial<EditState>} changesFor  The place in per
     *     cent of the picture.
     * @param {Mark | 'idMiddle'} field
     */
    #wire(handle, changesFor, field) {
        const editor = this.#editor;
        const change = (/** @type {{ x: number, y: number }} */ place) => {
            const changes = changesFor(place);
            if (changes[field] !== editor.now[field]) editor.change(changes, field);
        };
        handle.addEventListener('pointerdown', (event) =>
            handle.setPointerCapture(event.pointerId),
        );
        handle.addEventListener('pointermove', (event) => {
            if (!handle.hasPointerCapture(event.pointerId)) return;
            const { left, top, width, height } = this.#box.getBoundingClientRect();
            const x = ((event.clientX - left) / width) * 100;
            change({ x, y: ((event.clientY - top) / height) * 100 });
        });
        handle.addEventListener('pointerup', () => editor.history.settle());
        handle.addEventListener('keydown', (event) => {
            const way = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
            if (!way) return;
            event.preventDefault();
            const by = way * (event.shiftKey ? LARGE_STEP : STEP);
            const now = editor.now[field];
            change({ x: now + by, y: now + by });
            editor.history.settle();
        });
    }

    /**
     * @param {Mark} mark
     * @param {number} place
     */
    #keepOrder(mark, place) {
        const { now } = this.#editor;
        const at = MARKS.indexOf(mark);
        const above = MARKS[at - 1];
        const below = MARKS[at + 1];
        return clamp(place, above ? now[above] + LEAST : 0, below ? now[below] - LEAST : 100);
    }
}

/**
 * @param {import('./paint_stage.js').Layer} layer
 * @param {import('./view_geometry.js').Box} picture
 * @returns {[Uint8ClampedArray, number, number]}  RGBA of the whole picture, small, and its sides.
 */
function pixelsOf({ image, box }, picture) {
    const factor = MARKED_SIDE / Math.max(picture.width, picture.height);
    const width = Math.max(1, Math.round(picture.width * factor));
    const height = Math.max(1, Math.round(picture.height * factor));
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) return [new Uint8ClampedArray(), 0, 0];
    const left = (box.left - picture.left) * factor;
    const top = (box.top - picture.top) * factor;
    context.drawImage(image, left, top, box.width * factor, box.height * factor);
    return [context.getImageData(0, 0, width, height).data, width, height];
}

/** @param {HTMLSelectElement} select */
function fillFormats(select) {
    const regions = new Intl.DisplayNames([LANGUAGE], { type: 'region' });
    const option = (/** @type {string} */ value, /** @type {string} */ label) =>
        make('option', { value, textContent: label });
    const formats = Object.entries(ID_PHOTOS).map(([name, { region, kind, width, height }]) => {
        const sides = [formatNumber(width), formatNumber(height)];
        return option(name, text(`id_${kind}`, regions.of(region) ?? region, ...sides));
    });
    formats.sort((one, other) => one.text.localeCompare(other.text, LANGUAGE));
    select.append(option('none', text('id_none')), ...formats, option('own', text('id_own')));
}

/** @param {string} name */
function sourceOf(name) {
    const form = ID_PHOTOS[/** @type {IdFormat} */ (name)];
    if (!form) return '';
    const key = form.read === 'page' ? 'check_source' : 'check_source_quoted';
    const [least, most] = form.head.map((each) => formatNumber(each));
    const sentences = [
        text('id_head_range', least ?? '', most ?? ''),
        text(key, form.source, formatDay(form.date)),
    ];
    if (form.assumed.length > 0) sentences.push(text('id_assumed'));
    if (form.digital_only) sentences.push(text('id_digital_only'));
    return sentences.join(' ');
}

/**
 * @param {HTMLElement} slider
 * @param {number} value
 */
function tell(slider, value) {
    slider.setAttribute('aria-valuenow', String(Math.round(value * 10) / 10));
    slider.setAttribute('aria-valuetext', `${formatNumber(value)} %`);
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function clamp(value, least, most) {
    return Math.min(Math.max(value, least), most);
}
