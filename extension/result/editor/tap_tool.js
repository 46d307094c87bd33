/**
 * @file The tool that adds what is missing and takes what is too much, by one tap.
 *
 * Decides: how near a second tap is at the same place, that each tap is one step of undo, and what
 * is said of one that finds nothing. What is shown before a tap, and so what it does: tap_preview.js.
 */

import { byId } from '../../ui/dom.js';
import { text } from '../../ui/i18n.js';
import { askAboutClick, placeIn } from './clicked_spot.js';
import { isEmpty, regionLayer } from './region_layer.js';
import { TapAhead } from './tap_ahead.js';
import { TapAnswers } from './tap_answers.js';
import { TapPreview } from './tap_preview.js';
import { isNear, nextGuess, nextIndex, TappedRegions } from './tapped_regions.js';
import { clamp } from './view_geometry.js';

/** @typedef {import('./view_geometry.js').Point} Point */
/** @typedef {import('./tap_answers.js').Question} Question */
/** @typedef {import('../../messages/edit_types.js').Region} Region */
/** @typedef {import('./edit_state.js').EditState} EditState */
/** @typedef {import('./tapped_regions.js').Origin} Origin */

/** CSS pixels within which two taps are at the same place. */
const SAME_PLACE = 16;
/** CSS pixels of the ring at the pointer. */
const CROSS = 6;

/**
 * @typedef {object} TapHost
 * @property {() => EditState} now
 * @property {() => import('../../messages/edit_types.js').Edit} edit  The same for the engine.
 * @property {(body: object) => Promise<import('../../messages/edit_types.js').TapGuesses>} ask
 * @property {(strokes: EditState['strokes']) => void} change
 * @property {() => import('./view_geometry.js').Size | undefined} source  Of the upright picture,
 *     once it is known.
 * @property {() => boolean} isChosen  The tool is in the hand.
 * @property {() => void} onBusy
 * @property {() => void} onFound
 * @property {(error: unknown) => void} onFailure
 */

/**
 * @typedef {object} Shown  When the tap came.
 * @property {Question | null} question
 * @property {readonly Region[]} guesses  The first of them was shown.
 */

export class TapTool {
    /** Position of the pointer, or where the keys have moved it. */
    #place = { x: 0, y: 0 };
    #regions = new TappedRegions();
    /** @type {{ strokes: object, sentence: string } | null} Said of a tap that changed nothing. */
    #vain = null;
    #said = byId('tap-said', HTMLElement);
    /** Whose answers these are, where that is not as it should be: said once. */
    #note = '';
    #isPlainSaid = false;
    /** Taps are answered one after the other. */
    #queue = Promise.resolve();
    /** @type {Point | null} In source pixels: of the newest tap, until it is answered. */
    #awaited = null;
    #ahead;
    #answers;
    #preview;
    #stage;
    #host;

    /**
     * @param {import('./stage.js').Stage} stage
     * @param {TapHost} host
     */
    constructor(stage, host) {
        this.#stage = stage;
        this.#host = host;
        this.#ahead = new TapAhead(
            (place) => this.#lookAhead(place),
            () => host.isChosen() && host.source() !== undefined,
        );
        this.#answers = new TapAnswers(host.ask);
        this.#preview = new TapPreview(this.#answers, () => this.show());
    }

    /** @param {Point} point  Where the pointer is, in CSS pixels of the stage. */
    move(point) {
        this.#place = point;
        this.#preview.move(point);
        this.show();
    }

    /**
     * Move the cross by a key.
     *
     * @param {number} x  CSS pixels.
     * @param {number} y
     */
    step(x, y) {
        if (!this.#preview.isThere) this.enter();
        const { width, height } = this.#stage.scene.size;
        const place = this.#place;
        this.move({ x: clamp(place.x + x, 0, width), y: clamp(place.y + y, 0, height) });
    }

    /** Put the cross where the keys begin: in the middle, if it is not on the picture. */
    enter() {
        const { width, height } = this.#stage.scene.size;
        const isOn = this.#stage.hasResultAt(this.#place);
        this.move(isOn ? this.#place : { x: width / 2, y: height / 2 });
    }

    /** The pointer has left the stage. */
    leave() {
        this.#preview.leave();
        this.show();
    }

    /** @param {Point} point  CSS pixels of the stage. */
    tap(point) {
        this.#place = point;
        const place = this.#stage.toSource(point);
        const reach = this.#reach;
        // Who taps again because nothing has happened yet has not seen the first guess.
        if (this.#awaited && isNear(place, this.#awaited, reach)) return;
        this.#awaited = place;
        const question = this.#question(place);
        const shown = { question, guesses: this.#preview.promised(question) };
        this.#preview.tap(point);
        this.#vain = null;
        this.#note = '';
        this.show();
        this.#queue = this.#queue.then(() => this.#answer(place, reach, shown));
    }

    /**
     * The click in the page counts as the first tap, where the result lacks what was clicked.
     *
     * @param {import('../../messages/page_types.js').ClickedSpot} spot
     * @returns {Promise<boolean>}  Whether something was added.
     */
    async tapClicked(spot) {
        const place = placeIn(this.#host.source(), spot);
        const question = place && this.#question(place);
        if (!question) return false;
        const guesses = await askAboutClick(this.#host.ask, question);
        // Whoever was quicker with a change of their own knows better.
        const isAdded = guesses.length > 0 && this.#host.now() === question.state;
        if (isAdded) this.#take(question.tap, guesses);
        this.#stage.element.dataset.clicked = isAdded ? 'added' : 'left'; // for the tests
        return isAdded;
    }

    /** Tap by the Enter key, where the cross is. */
    press() {
        this.enter();
        this.tap(this.#place);
    }

    /** Show the cross, what a tap would do here, and what the last one did. */
    show() {
        const { scene, element } = this.#stage;
        const isChosen = this.#host.isChosen();
        const isShown = isChosen && this.#preview.isThere;
        const region = isShown ? this.#wouldChange() : this.#preview.rest();
        const source = this.#host.source();
        scene.hover = region && source ? regionLayer(region, source) : null;
        const kind = region?.kind ?? 'tap';
        if (isChosen) scene.cursor = isShown ? { ...this.#place, radius: CROSS, kind } : null;
        element.dataset.hover = region?.kind ?? ''; // for the tests
        this.#say(isChosen);
        this.#stage.redraw();
        this.#ahead.goOn();
    }

    /** @param {Point} place  Shares of the picture. */
    async #lookAhead({ x, y }) {
        const { width = 0, height = 0 } = this.#host.source() ?? {};
        const tap = { x: x * width, y: y * height };
        await this.#host.ask({ edit: this.#host.edit(), tap, taps: [], isAhead: true });
    }

    /** CSS pixels of the same place, as source pixels. */
    get #reach() {
        return SAME_PLACE / this.#stage.scene.view.scale;
    }

    /** @returns {Region | null}  What a tap at the pointer would add or take, as far as is known. */
    #wouldChange() {
        const point = this.#stage.toSource(this.#place);
        const origin = this.#regions.newestAt(this.#host.now().strokes, point, this.#reach);
        if (origin) return this.#preview.again(nextGuess(origin));
        return this.#preview.at(this.#question(point));
    }

    /**
     * @param {Point} place  Source pixels.
     * @param {number} reach
     * @param {Shown} shown
     */
    async #answer(place, reach, shown) {
        this.#vain = null;
        const { strokes } = this.#host.now();
        const origin = this.#regions.newestAt(strokes, place, reach);
        try {
            if (origin) this.#takeNext(origin);
            else this.#take(place, await this.#guesses(place, shown));
        } catch (error) {
            this.#host.onFailure(error);
        }
        if (this.#awaited === place) this.#awaited = null;
        if (this.#answers.isPlain && !this.#isPlainSaid) this.#note = text('edit_tap_plain');
        this.#isPlainSaid ||= this.#answers.isPlain;
        this.show();
    }

    /**
     * What was shown before the tap; where nothing was, what the network finds.
     *
     * @param {Point} place
     * @param {Shown} shown
     * @returns {Promise<readonly Region[]>}
     */
    async #guesses(place, { question: before, guesses: promised }) {
        const isSame = before?.state.strokes === this.#host.now().strokes;
        if (isSame && promised.length > 0) return promised;
        this.#host.onBusy();
        for (;;) {
            const question = this.#question(place);
            const guesses = question ? (await this.#answers.ask(question, false)).guesses : [];
            // Meanwhile a step may have been undone, which changes what is missing.
            if (question && question.state.strokes !== this.#host.now().strokes) continue;
            this.#host.onFound();
            return guesses;
        }
    }

    /**
     * @param {Point} place
     * @param {readonly Region[]} guesses
     */
    #take(place, guesses) {
        const { strokes } = this.#host.now();
        this.#regions.leave();
        this.#regions.keep(place, guesses);
        if (guesses.length > 0) this.#put(strokes, { place, guesses, index: 0 });
        else this.#vain = { strokes, sentence: text('edit_tap_nothing') };
    }

    /** @param {Origin} origin  Of the newest step, whose place was tapped again. */
    #takeNext(origin) {
        const { strokes } = this.#host.now();
        const others = origin.isRest ? strokes : strokes.slice(0, -1);
        if (nextGuess(origin)) this.#put(others, { ...origin, index: nextIndex(origin) });
        else this.#vain = { strokes, sentence: text('edit_tap_no_other') };
    }

    /**
     * Put a guess behind some strokes; the empty one leaves them as they are.
     *
     * @param {EditState['strokes']} others
     * @param {Origin} origin
     */
    #put(others, origin) {
        const region = origin.guesses[origin.index];
        if (!region || isEmpty(region)) this.#regions.rest(others, origin);
        else this.#regions.leave();
        const strokes = region && !isEmpty(region) ? [...others, region] : others;
        if (strokes !== this.#host.now().strokes) this.#host.change(strokes);
    }

    /**
     * @param {Point} tap
     * @returns {Question | null}  Null beside the picture.
     */
    #question(tap) {
        const source = this.#host.source();
        if (!source || tap.x < 0 || tap.y < 0) return null;
        if (tap.x >= source.width || tap.y >= source.height) return null;
        const state = this.#host.now();
        const taps = this.#regions.taps(state.strokes);
        return { state, edit: this.#host.edit(), tap, taps, source };
    }

    /** @param {boolean} isChosen */
    #say(isChosen) {
        const { strokes } = this.#host.now();
        const isVain = this.#vain?.strokes === strokes;
        const said = isVain ? (this.#vain?.sentence ?? '') : this.#regions.sentence(strokes);
        const sentence = isChosen ? [said, this.#note].filter(Boolean).join(' ') : '';
        this.#said.hidden = sentence === '';
        if (this.#said.textContent !== sentence) this.#said.textContent = sentence;
    }
}
