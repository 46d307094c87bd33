/**
 * @file Adds a model from a file, chosen or dropped. The registry may know it by its hash;
 * otherwise the user describes it in a form, and it is tested on a picture before it is kept.
 *
 * Decides: what the form asks (size, names, normalisation, activation), its first values, and "add
 * anyway" after a failed test.
 */

import { toFailure } from '../messages/failure.js';
import { byId, make } from '../ui/dom.js';
import { engine } from '../ui/engine.js';
import { formatAmount, formatNumber, text } from '../ui/i18n.js';
import { modelFailureText } from './model_card.js';
import { sayOfModels } from './models_said.js';

/** How 8-bit values become a network's input: (value * scale - mean) / std. */
const NORMALISATIONS = Object.freeze({
    unit: { scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
    imagenet: { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    signed: { scale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    centred: { scale: 1 / 256, mean: [0.5, 0.5, 0.5], std: [1, 1, 1] },
});
const DEFAULT_SIDE = 320;

/** @typedef {import('../messages/model_types.js').TensorDescription} TensorDescription */

/** @type {{ file: File, sha256: string } | undefined} A file that the registry does not know. */
let unknown;
/** Whether the model is added although its test has failed. */
let anyway = false;

export function setUpAddModel() {
    const input = byId('model-file', HTMLInputElement);
    input.addEventListener('change', () => {
        const [file] = input.files ?? [];
        if (file) inspect(file);
        input.value = ''; // so that the same file may be chosen again
    });
    wireDrop(inspect);
    wireForm();
}

/** @param {(file: File) => void} onDrop */
function wireDrop(onDrop) {
    const section = byId('models', HTMLElement);
    section.addEventListener('dragover', (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        section.dataset.drop = 'over';
    });
    section.addEventListener('dragleave', () => delete section.dataset.drop);
    section.addEventListener('drop', (event) => {
        event.preventDefault();
        delete section.dataset.drop;
        for (const file of [...(event.dataTransfer?.files ?? [])].slice(0, 1)) onDrop(file);
    });
}

function wireForm() {
    const form = byId('model-form', HTMLFormElement);
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        add(form);
    });
    form.addEventListener('input', () => {
        anyway = false;
        byId('model-add', HTMLElement).textContent = text('models_form_add');
    });
    byId('model-form-close', HTMLButtonElement).addEventListener('click', () => {
        form.hidden = true;
        sayOfModels('');
    });
}

/** @param {File} file */
async function inspect(file) {
    const form = byId('model-form', HTMLFormElement);
    form.hidden = true;
    sayOfModels(text('models_looking', file.name));
    try {
        const report = await engine.request('file.inspect', { file });
        if (report.known) {
            const key = report.isHere ? 'models_here_already' : 'models_known';
            sayOfModels(text(key, report.known));
            return;
        }
        unknown = { file, sha256: report.sha256 };
        showForm(form, file.name, report.inputs, report.outputs);
        sayOfModels(text('models_unknown', file.name));
    } catch (error) {
        sayFailure(error, file);
    }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {TensorDescription[]} inputs
 * @param {TensorDescription[]} outputs
 */
function showForm(form, name, inputs, outputs) {
    anyway = false;
    const shape = inputs[0]?.shape ?? [];
    const side = (/** @type {number} */ at) =>
        Number(shape[at]) > 0 ? Number(shape[at]) : DEFAULT_SIDE;
    byId('model-form-title', HTMLInputElement).value = name.replace(/\.onnx$/i, '');
    byId('model-form-height', HTMLInputElement).valueAsNumber = side(2);
    byId('model-form-width', HTMLInputElement).valueAsNumber = side(3);
    fillNames('model-form-input', inputs);
    fillNames('model-form-output', outputs);
    byId('model-add', HTMLElement).textContent = text('models_form_add');
    form.hidden = false;
    byId('model-form-title', HTMLInputElement).focus();
}

/**
 * @param {string} id
 * @param {TensorDescription[]} tensors
 */
function fillNames(id, tensors) {
    byId(id, HTMLSelectElement).replaceChildren(
        ...tensors.map(({ name, shape = [] }) =>
            make('option', { value: name, textContent: `${name} (${shape.join(' × ')})` }),
        ),
    );
}

/** @param {HTMLFormElement} form */
async function add(form) {
    if (!unknown) return;
    const button = byId('model-add', HTMLButtonElement);
    button.disabled = true;
    sayOfModels(text('models_testing'));
    try {
        const body = { file: unknown.file, entry: readForm(unknown.sha256), anyway };
        const { added, overlap, milliseconds } = await engine.request('file.add', body);
        const seen = text(
            'models_trial',
            formatNumber(100 * overlap),
            formatAmount(milliseconds / 1000),
        );
        sayOfModels(`${seen} ${text(added ? 'models_added' : 'models_not_seen')}`);
        form.hidden = added;
        anyway = !added; // a second press adds it all the same
        button.textContent = text(added ? 'models_form_add' : 'models_form_anyway');
    } catch (error) {
        sayFailure(error, unknown.file);
    }
    button.disabled = false;
}

/** @param {unknown} error  @param {File} file */
function sayFailure(error, file) {
    const failure = toFailure(error, 'models');
    sayOfModels(modelFailureText(failure, file.name), failure.code);
}

/**
 * The contents of the form, as an entry of the registry.
 *
 * @param {string} sha256
 */
function readForm(sha256) {
    const values = NORMALISATIONS[/** @type {keyof typeof NORMALISATIONS} */ (formValue('values'))];
    const id = `own-${sha256.slice(0, 8)}`;
    return {
        id,
        title: formValue('title') || id,
        licence: 'LicenseRef-unknown',
        licence_note: text('models_own_licence'),
        file: `${id}.onnx`,
        bytes: 0,
        sha256,
        sources: [],
        bundled: false,
        input: { ...inputOfForm(), fill: 0, ...values },
        output: { name: formValue('output'), activation: formValue('activation'), range: [0, 1] },
        suitable_for: [],
        backends: ['wasm'],
        exercised: false,
    };
}

function inputOfForm() {
    return {
        name: formValue('input'),
        layout: 'NCHW',
        height: Number(formValue('height')),
        width: Number(formValue('width')),
        channel_order: 'RGB',
        resize: formValue('resize'),
    };
}

/** @param {string} name */
function formValue(name) {
    const control = document.getElementById(`model-form-${name}`);
    return /** @type {HTMLInputElement | HTMLSelectElement} */ (control).value;
}
