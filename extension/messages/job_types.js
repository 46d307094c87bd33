/**
 * @file Records about jobs: how one is opened, what it makes, and how far it is. No code.
 *
 * Decides: which fields a job, its snapshot and its finished cut-out have.
 */

/** @typedef {import('./failure.js').Failure} Failure */
/** @typedef {import('./page_types.js').ImageSource} ImageSource */

/** @typedef {'fetch' | 'start_python' | 'load_model' | 'find_subject' | 'refine' | 'save'} StageName */
/** @typedef {'queued' | 'running' | 'done' | 'failed' | 'cancelled'} JobState */

/**
 * Share of each stage that is done, from 0 to 1. Starting Python and loading the model go
 * on at the same time, so more than one may be under way.
 *
 * @typedef {Record<StageName, number>} StageFractions
 */

/** @typedef {[number: number, count: number]} FrameNumber  From 1 on; of a picture that moves. */

/** @typedef {Record<string, number>} Timings  Milliseconds by stage; `total` is the whole job. */

/**
 * @typedef {object} Cutout
 * @property {Blob} blob
 * @property {number} width    Pixels.
 * @property {number} height   Pixels.
 * @property {string[]} notices  Codes: what had to be changed or left out of the picture.
 * @property {number} [frames]   More than one if it moves.
 * @property {Check[]} [checks]  By the rules of its market place; of other pictures none.
 */

/**
 * One thing that a market place asks for; see py/offcut/composing/market_checks.py.
 *
 * @typedef {object} Check
 * @property {'longest_side' | 'fill' | 'white_rim' | 'enlarged' | 'format' | 'file_size'} name
 * @property {boolean} met
 * @property {number} value
 * @property {number} least
 * @property {number} most
 */

/**
 * All that a page needs to show a job.
 *
 * @typedef {object} JobSnapshot
 * @property {string} jobId
 * @property {string} name        File name of the picture, without its suffix.
 * @property {JobState} state
 * @property {number} ahead       Jobs before this one in the queue.
 * @property {StageFractions} stages
 * @property {FrameNumber} [frame]  The one that is worked on, of a picture that moves.
 * @property {Timings} timings
 * @property {Choice} [choice]    The models, as soon as they are chosen.
 * @property {Blob} [picture]     The original, as soon as it is here.
 * @property {Cutout} [cutout]    When done.
 * @property {Failure} [failure]  When failed.
 * @property {string} [address]   Where the picture was fetched from.
 * @property {ImageSource} [source]  The same with all that its request needs.
 * @property {JobOptions} [options]  What it was made with.
 * @property {'fast' | 'best'} [quality]  How the cut-out was made; "auto" comes to either.
 * @property {import('./page_types.js').ClickedSpot} [spot]  Where in the picture its page was clicked.
 * @property {import('./edit_types.js').Edit} [edit]  The newest one that a page has asked to see;
 *     comes with the picture, and to a list whenever there is another.
 * @property {Cutout} [edited]    The file of that edit, to a list.
 */

/** @typedef {{ jobs: JobSnapshot[] }} JobsSnapshot  In the order in which they were opened. */

/**
 * What a job makes, in the JSON form of Python's `OffcutOptions`; see
 * py/offcut/options/options.py for names, ranges and defaults. An absent option has its default.
 *
 * @typedef {Partial<Record<string, string | number | boolean | null>>} JobOptions
 */

/**
 * Which models made a cutout, and why these: `asked` for, `best_here` of what is installed,
 * `faster` than the best, which takes too long on this machine, or what was left when
 * `others_failed`.
 *
 * @typedef {object} Choice
 * @property {string[]} titles
 * @property {'fast' | 'best'} quality
 * @property {'asked' | 'best_here' | 'faster' | 'others_failed'} why
 */

/**
 * `engine` is the id of this engine document: another one knows nothing of its jobs.
 *
 * @typedef {{ engine: string, isolated: boolean, threads: number }} EngineHello
 */
/** @typedef {{ keepWarmMinutes: number, webgpu: boolean }} EngineSettings */

/**
 * @typedef {object} JobOpening
 * @property {string} jobId
 * @property {string} name
 * @property {EngineSettings} settings
 * @property {JobOptions} [options]
 * @property {ImageSource} [source]
 * @property {boolean} [kept]   It lives on without a page, for the popup's list.
 * @property {boolean} [passing]  It ends with its page, which alone has use for what it makes.
 * @property {number} [behind]  Pictures that its page will bring after this one.
 * @property {boolean} [allowEmpty]  Where no subject is found, the cut-out is empty: a person
 *     will mark the subject.
 * @property {boolean} [isPatient]  Its cut-out is wanted once: of "auto", the better one, if that
 *     takes no longer than a few seconds.
 * @property {'fast' | 'best'} [shown]  Of "auto": the one that the person has seen, and wants again.
 */

/**
 * What the service worker is to begin; it completes it to a `JobOpening`.
 *
 * @typedef {object} JobStart
 * @property {string} [jobId]  Chosen by who asks: asked again, it is the same job.
 * @property {string} name
 * @property {ImageSource} [source]
 * @property {JobOptions} [options]  As in the settings, if absent.
 * @property {boolean} [kept]
 * @property {boolean} [passing]
 * @property {number} [behind]
 * @property {boolean} [allowEmpty]
 * @property {boolean} [isPatient]
 * @property {'fast' | 'best'} [shown]
 */
/** @typedef {{ name: string, blob: Blob }} NamedPicture  A file of the user's. */
/** @typedef {{ jobId: string, source: ImageSource }} JobSupply */
/** @typedef {{ jobId: string, failure: Failure }} JobFailing */
/**
 * `active` counts what pages are still to bring, too; `unfinished` are ids of jobs.
 *
 * @typedef {{ active: number, engine: string, unfinished: string[] }} JobsChanged
 */

export {};
