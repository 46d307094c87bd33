/**
 * @file The toolbar popup. First its texts, from as few files as possible, so that it is painted
 * at once; then what it does.
 *
 * Decides: only the order of loading, for a fast first paint.
 */

import { localizePage } from '../ui/i18n.js';

localizePage();
await import('./actions.js');
