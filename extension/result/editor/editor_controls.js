/**
 * @file Connects the controls of the page with the editor, and shows its state in them.
 *
 * Decides: undo, redo and their keys (Ctrl+Z, Ctrl+Y), which do not count while one types in a
 * field, reset, zoom buttons, "show original", the paper behind the picture, which controls follow
 * from others. Keys of one letter are in stage_keys.js.
 */

import { isMarket, isSticker } from '../../settings/shapes.js';
import { byId, make } from '../../ui/dom.js';
import { formatNumber, text } from '../../ui/i18n.js';
import { shapeChoices } from '../../ui/shape_choices.js';
import { Controls } from './controls.js';
import { fieldsForFrame, isCanvas, isMarketWhite } from './frame_presets.js';
import { IdPhotoPanel } from './id_photo.js';
import { fieldsForIdPhoto } from './id_photo_state.js';
import { makeSliders } from './sliders.js';
import { LARGEST_ZOOM } from './stage.js';
import { isTyping } from './stage_keys.js';

/** @typedef {import('./editor.js').Editor} Editor */
/** @typedef {import('./edit_state.js').EditState} EditState */

const ZOOM_STEP = 1.25;

/**
 * @param {Editor} editor
 * @param {import('./brush.js').Brush} brush
 */
export function wireControls(editor, brush) {
    const panel = byId('panel', HTMLElement);
    makeSliders(panel);
    fillFrames(byId('frame', HTMLSelectElement));
    const idPhoto = new IdPhotoPanel(editor);
    const controls = new Controls(
        panel,
        (field, value) => {
            const marks = field === 'idPhoto' ? idPhoto.firstMarks() : {};
            editor.change({ ...marks, ...changesFor(editor.now, field, value) }, field);
        },
        () => editor.history.settle(),
    );
    wireSwatches(editor, panel);
    wireHistory(editor);
    wireView(editor, brush);
    return {
        /**
         * @param {EditState} state
         * @param {boolean} canReset
         */
        show(state, canReset) {
            controls.show({ ...state, ...derived(state) });
            idPhoto.show(state);
            byId('undo', HTMLButtonElement).disabled = !editor.history.canUndo;
            byId('redo', HTMLButtonElement).disabled = !editor.history.canRedo;
            byId('reset', HTMLButtonElement).disabled = !canReset;
            for (const swatch of panel.querySelectorAll('[data-color]')) {
                const isChosen = swatch.getAttribute('data-color') === state.backgroundColor;
                swatch.setAttribute('aria-pressed', String(isChosen));
            }
        },
    };
}

/**
 * What a control changes in the state, with what follows from it.
 *
 * @param {EditState} state
 * @param {string} field
 * @param {string | number | boolean} value
 * @returns {Partial<EditState>}
 */
function changesFor(state, field, value) {
    if (field === 'idPhoto') return fieldsForIdPhoto(String(value));
    if (field === 'frame') return fieldsForFrame(String(value), state);
    const isOwnSize = field === 'canvasWidth' || field === 'canvasHeight';
    return { [field]: value, ...(isOwnSize && isCanvas(state.frame) ? { frame: 'canvas' } : {}) };
}

/**
 * Facts on which controls depend and that are no fields of the state.
 *
 * @param {EditState} state
 */
function derived(state) {
    const { frame, crop, format, lossless, backgroundKind, output } = state;
    const hasAlpha = backgroundKind === 'transparent' && output !== 'matte';
    return {
        isCanvas: isCanvas(frame),
        isFramed: frame !== 'none',
        hasMargin: crop || isCanvas(frame),
        hasFileQuality: format === 'jpeg' || (format === 'webp' && !lossless),
        losesTransparency: format === 'jpeg' && hasAlpha,
        isMarket: isMarket(frame),
        isMarketWhite: isMarketWhite(state),
        isSticker: isSticker(frame),
        hasOutline: state.outline > 0,
        hasIdPhoto: state.idPhoto !== 'none',
        shownShadow: state.shadow ? state.shadowKind : '',
    };
}

/** @param {HTMLSelectElement} select */
function fillFrames(select) {
    const own = make('option', { value: 'canvas', textContent: text('edit_frame_canvas') });
    select.append(...shapeChoices(), own);
}

/**
 * @param {Editor} editor
 * @param {HTMLElement} panel
 */
function wireSwatches(editor, panel) {
    for (const swatch of panel.querySelectorAll('[data-color]')) {
        if (!(swatch instanceof HTMLElement)) continue;
        swatch.style.backgroundColor = swatch.dataset.color ?? '';
    }
    panel.addEventListener('click', ({ target }) => {
        const swatch = target instanceof Element ? target.closest('[data-color]') : null;
        const color = swatch?.getAttribute('data-color');
        if (!color) return;
        byId('ghost', HTMLInputElement).checked = false;
        editor.change({ backgroundColor: color });
    });
}

/** @param {Editor} editor */
function wireHistory(editor) {
    byId('undo', HTMLElement).addEventListener('click', () => editor.undo());
    byId('redo', HTMLElement).addEventListener('click', () => editor.redo());
    byId('reset', HTMLElement).addEventListener('click', () => editor.reset());
    document.addEventListener('keydown', (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
        const key = event.key.toLowerCase();
        const isRedo = key === 'y' || (key === 'z' && event.shiftKey);
        if (!isRedo && key !== 'z') return;
        event.preventDefault();
        if (isRedo) editor.redo();
        else editor.undo();
    });
}

/**
 * Controls that change the view only, and nothing that is saved.
 *
 * @param {Editor} editor
 * @param {import('./brush.js').Brush} brush
 */
function wireView({ stage }, brush) {
    const on = (/** @type {string} */ id, /** @type {() => void} */ act) =>
        byId(id, HTMLElement).addEventListener('click', act);
    on('fit', () => stage.fit());
    on('zoom-in', () => stage.zoomTo(stage.zoom * ZOOM_STEP));
    on('zoom-out', () => stage.zoomTo(stage.zoom / ZOOM_STEP));
    const original = byId('show-original', HTMLElement);
    on('show-original', () => {
        stage.scene.showsOriginal = !stage.scene.showsOriginal;
        original.setAttribute('aria-pressed', String(stage.scene.showsOriginal));
        stage.redraw();
    });
    const ghost = byId('ghost', HTMLInputElement);
    ghost.addEventListener('change', () => brush.showRing());
    byId('background-group', HTMLElement).addEventListener('input', ({ target }) => {
        const isNone = target instanceof HTMLInputElement && target.value === 'transparent';
        if (!isNone) ghost.checked = false; // it would hide the background that was chosen
    });
    stage.onZoomed = (zoom) => {
        byId('zoom', HTMLOutputElement).value = `${formatNumber(Math.round(zoom * 100))} %`;
        byId('zoom-in', HTMLButtonElement).disabled = zoom >= LARGEST_ZOOM;
    };
    wireStageBackground();
}

function wireStageBackground() {
    const kind = byId('backdrop', HTMLSelectElement);
    const color = byId('backdrop-color', HTMLInputElement);
    const background = byId('paper', HTMLElement);
    const show = () => {
        const isColor = kind.value === 'color';
        color.hidden = !isColor;
        background.classList.toggle('checkerboard', !isColor);
        background.style.backgroundColor = isColor ? color.value : '';
    };
    kind.addEventListener('change', show);
    color.addEventListener('input', show);
}
