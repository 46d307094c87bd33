/**
 * @file Settings: which model is used, which are installed, and which can be fetched. Nothing is
 * fetched before its button is pressed.
 *
 * Decides: which models are listed first, what the choice of the model offers, the permission for
 * the hosts of a download, the storage shown, what the test button says.
 */

import { OffcutError, toFailure } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { byId, make } from '../ui/dom.js';
import { engine } from '../ui/engine.js';
import { formatAmount, formatNumber, text } from '../ui/i18n.js';
import { setUpAddModel } from './add_model.js';
import { formatBytes, ModelCard, modelFailureText } from './model_card.js';
import { sayOfModels } from './models_said.js';
import { save } from './save_setting.js';

/** @typedef {import('../messages/model_types.js').ModelState} ModelState */
/** @typedef {import('./model_card.js').Action} Action */

/** @type {Map<string, ModelCard>} */
const cards = new Map();
/** @type {import('../messages/engine_client.js').EnginePort | undefined} It brings the states. */
let port;

/** @param {import('../settings/settings.js').Settings} settings */
export function setUpModels(settings) {
    const choice = byId('model-choice', HTMLSelectElement);
    choice.addEventListener('change', () => save({ model: choice.value || null }));
    byId('models-private', HTMLElement).hidden = !api.extension.inIncognitoContext;
    setUpAddModel();
    port = engine.connect(() => 'models', {
        onMessage: ({ states }) => {
            show(states);
            showChoices(choice, states, settings.model);
            byId('models', HTMLElement).dataset.state = 'ready';
        },
        onFailure: ({ code }) => {
            sayOfModels(text(`failure_${code}`), code);
        },
    });
}

/** @param {ModelState[]} states */
function show(states) {
    const present = new Set(states.map(({ entry }) => entry.id));
    for (const [id, card] of cards) {
        if (present.has(id)) continue;
        card.element.remove();
        cards.delete(id);
    }
    for (const state of states) {
        const { id, exercised } = state.entry;
        const known = cards.get(id);
        if (known) {
            announceEnd(state, known.state);
            known.show(state);
        }
        const card = known ?? new ModelCard(state, act);
        cards.set(id, card);
        // A model that is here or being fetched is listed with the tested ones.
        const isShown = exercised || state.status !== 'absent';
        const list = byId(isShown ? 'model-list' : 'more-model-list', HTMLElement);
        if (card.element.parentElement !== list) list.append(card.element);
    }
    showStorage();
}

/**
 * Tell users of screen readers when a download has ended.
 *
 * @param {ModelState} state
 * @param {ModelState} before
 */
function announceEnd({ entry, status, failure }, before) {
    if (before.status !== 'running' || status === 'running') return;
    const ended = status === 'here' ? text('models_known', entry.title) : '';
    speak(failure ? modelFailureText(failure, entry.title) : ended);
}

/** @param {string} sentence  For screen readers; the card shows it too. */
function speak(sentence) {
    byId('models-spoken', HTMLElement).textContent = sentence;
}

/**
 * @param {HTMLSelectElement} select
 * @param {ModelState[]} states
 * @param {string | null} chosen  When the page was opened.
 */
function showChoices(select, states, chosen) {
    const here = states
        .filter(({ status, entry }) => status === 'here' && !entry.prompted)
        .map(({ entry }) => entry);
    const wanted = select.options.length ? select.value : (chosen ?? '');
    const options = [
        make('option', { value: '', textContent: text('models_automatic') }),
        ...here.map(({ id, title }) => make('option', { value: id, textContent: title })),
    ];
    const isSame =
        options.length === select.options.length &&
        options.every((option, at) => option.value === select.options[at]?.value);
    if (!isSame) select.replaceChildren(...options);
    select.value = here.some(({ id }) => id === wanted) ? wanted : '';
    // A model that is no longer here cannot be chosen.
    if (wanted && select.value !== wanted) save({ model: null });
}

async function showStorage() {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    byId('models-storage', HTMLElement).textContent = text(
        'models_storage',
        formatBytes(usage),
        formatBytes(quota),
    );
}

/**
 * @param {Action} action
 * @param {ModelCard} card
 */
async function act(action, card) {
    const { entry } = card.state;
    const say = (/** @type {string} */ sentence) => {
        card.say(sentence);
        speak(sentence);
    };
    try {
        // First of all, since the browser asks for rights only right after a click.
        if (action === 'fetch' && !(await requestHosts(entry))) {
            say(text('models_not_allowed'));
            return;
        }
        if (action === 'fetch') navigator.storage.persist();
        if (action === 'test') say(text('models_testing'));
        const reply = await engine.request(`model.${action}`, { modelId: entry.id });
        port?.open(); // there may have been no engine until now
        if (action === 'test') say(trialText(reply));
    } catch (error) {
        say(modelFailureText(asFailure(error), entry.title));
    }
}

/**
 * Ask for the right to read from the hosts of a model, and no others.
 *
 * @param {import('../messages/model_types.js').ModelEntry} entry
 */
function requestHosts({ sources }) {
    const origins = sources.flatMap(({ url, hosts = [] }) => {
        const { protocol, hostname } = new URL(url);
        return [hostname, ...hosts].map((host) => `${protocol}//${host}/*`);
    });
    return api.permissions.request({ origins });
}

/** @param {import('../messages/model_types.js').Trial} trial */
function trialText({ overlap, milliseconds }) {
    const seconds = formatAmount(milliseconds / 1000);
    return text('models_trial', formatNumber(100 * overlap), seconds);
}

/** @param {unknown} error */
function asFailure(error) {
    return error instanceof OffcutError ? error.failure : toFailure(error, 'models');
}
