/**
 * @file A small panel of ours over the page, in a closed shadow root: the page's styles do
 * not reach it, and its scripts do not see it.
 *
 * Decides: its look, colours, place, dark theme, language and direction, and that clicks made by
 * the page's scripts do not count.
 */

/**
 * @param {'dialog' | 'status'} role  A dialog takes the keyboard; a status only tells.
 * @returns {{ panel: HTMLElement, close: () => void }}
 */
function openPanel(role) {
    const host = document.createElement('offcut-panel');
    const root = host.attachShadow({ mode: 'closed' });
    root.adoptedStyleSheets = [panelStyle()];
    const panel = document.createElement(role === 'dialog' ? 'dialog' : 'div');
    panel.className = `panel ${role}`;
    panel.lang = chrome.i18n.getMessage('language');
    panel.dir = chrome.i18n.getMessage('direction');
    root.append(panel);
    document.documentElement.append(host);
    if (panel instanceof HTMLDialogElement) panel.showModal();
    else {
        // Over everything else too, but without the keyboard.
        panel.popover = 'manual';
        panel.role = 'status';
        panel.showPopover();
    }
    return { panel, close: () => host.remove() };
}

/**
 * @param {string} key
 * @param {string[]} [values]
 */
function panelText(key, values = []) {
    return chrome.i18n.getMessage(key, values);
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function panelButton(label, act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', (event) => {
        if (event.isTrusted) act(); // a page's script could make the other kind
    });
    return button;
}

function panelStyle() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        :host { all: initial }
        .panel {
            color-scheme: light dark;
            box-sizing: border-box; max-width: min(34rem, calc(100vw - 2rem));
            padding: 16px; border: 1px solid light-dark(#d4d4d8, #3f3f46); border-radius: 12px;
            background: light-dark(#fff, #18181b); color: light-dark(#18181b, #f4f4f5);
            font: 14px/1.45 system-ui, sans-serif; box-shadow: 0 8px 32px #0006;
        }
        .dialog::backdrop { background: #0006 }
        h2 { margin: 0 0 12px; font-size: 15px; font-weight: 600 }
        button {
            font: inherit; padding: 6px 12px; border-radius: 8px; cursor: pointer;
            border: 1px solid light-dark(#d4d4d8, #52525b);
            background: light-dark(#fafafa, #27272a); color: inherit;
        }
        button:hover { border-color: light-dark(#7c3aed, #a78bfa) }
        button:focus-visible { outline: 3px solid light-dark(#7c3aed, #a78bfa); outline-offset: 2px }
        .choices { display: flex; flex-wrap: wrap; gap: 10px; margin: 0 0 14px; padding: 0;
            list-style: none; max-height: 60vh; overflow: auto; padding: 4px }
        .choice { display: grid; gap: 6px; width: 128px; padding: 8px; text-align: start }
        .choice canvas, .choice img {
            width: 110px; height: 84px; object-fit: contain; border-radius: 4px;
            background: repeating-conic-gradient(#8883 0 25%, #0000 0 50%) 0 0 / 16px 16px;
        }
        .choice span { font-size: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
        .status { inset: auto 16px 16px auto; margin: 0; display: flex; gap: 10px; align-items: center }
    `);
    return sheet;
}
