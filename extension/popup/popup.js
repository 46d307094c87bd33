/**
 * @file The toolbar popup. First its texts, from as few files as possible, so that it is painted
 * at once; then what it does.
 *
 * Decides: the order of loading, for a fast first paint; that the right-click is told of to who has not
 * made a cut-out yet.
 */

import { byId } from '../ui/dom.js';
import { localizePage } from '../ui/i18n.js';

/** There once a network has run: engine/run_times.js keeps how long it took. */
const MADE_BEFORE = 'run-times';

localizePage();
// Before the first paint, too: nothing jumps.
byId('click-hint', HTMLElement).hidden = localStorage.getItem(MADE_BEFORE) !== null;
await import('./actions.js');
