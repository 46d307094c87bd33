/**
 * @file A small panel of ours over the page, in a closed shadow root: the page's styles do
 * not reach it, and its scripts do not see it.
 *
 * Decides: its look, colours, place, dark theme, language and direction, and that clicks made by
 * the page's scripts do not count.
 */

/**
 * @typedef {object} Panel
 * @property {HTMLElement} panel
 * @property {() => void} close
 */

/**
 * One that takes the keyboard.
 *
 * @param {() => void} onGone  Called when the page has taken it away.
 * @returns {Panel}
 */
function openDialog(onGone) {
    const { host, panel } = makePanel('dialog', builtIn(document, 'createElement')('dialog'));
    pageRoot().append(host);
    panel.showModal();
    const unfollow = followPage(host, panel, () => {
        if (host.isConnected && boxOf(panel).width > 0) return;
        close();
        onGone();
    });
    const close = () => {
        unfollow();
        host.remove();
    };
    return { panel, close };
}

/**
 * One that only tells and offers something, without the keyboard.
 *
 * @param {Node[]} content  It is read aloud when it appears.
 * @returns {Panel}
 */
function openStatus(content) {
    // A page that takes it away again and again shall have its way.
    let patience = 20;
    const { host, panel } = makePanel('status', builtIn(document, 'createElement')('div'));
    panel.role = 'status';
    panel.append(...content);
    placePanel(host, panel);
    const follow = () =>
        followPage(host, panel, () => {
            if (isReachable(host, panel) || patience-- <= 0) return;
            unfollow();
            placePanel(host, panel);
            unfollow = follow();
        });
    let unfollow = follow();
    const close = () => {
        unfollow();
        host.remove();
    };
    return { panel, close };
}

/**
 * @template {HTMLElement} T
 * @param {'dialog' | 'status'} kind
 * @param {T} panel
 */
function makePanel(kind, panel) {
    const host = builtIn(document, 'createElement')('offcut-panel');
    const root = host.attachShadow({ mode: 'closed' });
    root.adoptedStyleSheets = [panelStyle()];
    panel.className = `panel ${kind}`;
    panel.lang = chrome.i18n.getMessage('language');
    panel.dir = chrome.i18n.getMessage('direction');
    root.append(panel);
    return { host, panel };
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
    const button = builtIn(document, 'createElement')('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', (event) => {
        if (event.isTrusted) act(); // a page's script could make the other kind
    });
    return button;
}
