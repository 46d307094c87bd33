/**
 * @file The toolbar popup. Its words come first, with as few files as can be, so that it is
 * painted at once; what it can do follows.
 */

import { localizePage } from '../ui/i18n.js';

localizePage();
await import('./actions.js');
