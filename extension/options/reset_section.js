/**
 * @file Settings: returns to the defaults, after the user has confirmed it.
 *
 * Decides: the question before it. What is reset: settings/settings.js.
 */

import { resetSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';

export function setUpReset() {
    const dialog = byId('reset-dialog', HTMLDialogElement);
    byId('reset-button', HTMLButtonElement).addEventListener('click', () => dialog.showModal());
    dialog.addEventListener('close', async () => {
        if (dialog.returnValue !== 'reset') return;
        await resetSettings();
        location.reload();
    });
}
