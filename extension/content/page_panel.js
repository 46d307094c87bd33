/**
 * @file A small panel of ours over the page, in a closed shadow root: the page's styles do
 * not reach it, and its scripts do not see into it. They can take it away: then it is put back.
 *
 * Decides: its look, colours, place, dark theme, language and direction, that clicks made by
 * the page's scripts do not count, and how often it is put back.
 *
 * Its host is a plain `<div>`. With a name of our own, the page could define the element of that
 * name: its constructor would get ours, and with it the shadow root.
 */

/**
 * @typedef {object} Panel
 * @property {HTMLElement} panel
 * @property {() => void} close
 */

/** A page that takes a panel away again and again shall have its way in the end. */
function mostReturns() {
    return 20;
}

/**
 * One that takes the keyboard.
 *
 * @param {() => void} onGone  Called when the page does not let it be.
 * @returns {Panel}
 */
function openDialog(onGone) {
    const { host, panel } = makePanel('dialog', builtIn(document, 'createElement')('dialog'));
    const show = () => {
        if (panel.open) panel.close(); // one that was taken away with its host is no modal any more
        pageRoot().append(host);
        panel.showModal();
    };
    const isThere = () => isShown(host, panel) && panel.matches(':modal');
    return keepThere(host, panel, { show, isThere, onGone });
}

/**
 * One that only tells and offers something, without the keyboard.
 *
 * @param {Node[]} content  It is read aloud when it appears.
 * @returns {Panel}
 */
function openStatus(content) {
    const { host, panel } = makePanel('status', builtIn(document, 'createElement')('div'));
    panel.role = 'status';
    panel.append(...content);
    const show = () => placePanel(host, panel);
    const isThere = () => isReachable(host, panel);
    return keepThere(host, panel, { show, isThere, onGone: () => undefined });
}

/**
 * Show a panel, and put it back whenever the page has taken it away or hidden it.
 *
 * @param {HTMLElement} host
 * @param {HTMLElement} panel
 * @param {{ show: () => void, isThere: () => boolean, onGone: () => void }} ways
 * @returns {Panel}
 */
function keepThere(host, panel, { show, isThere, onGone }) {
    let patience = mostReturns();
    const check = () => {
        if (isBare(host) && isThere()) return;
        if (patience-- > 0) {
            unfollow();
            strip(host);
            restyle(panel);
            show();
            unfollow = followPage(host, panel, check);
        } else if (!isShown(host, panel)) {
            close();
            onGone();
        }
    };
    show();
    let unfollow = followPage(host, panel, check);
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
    const { host, root } = makeHost();
    root.adoptedStyleSheets = [panelStyle()];
    panel.className = `panel ${kind}`;
    panel.lang = chrome.i18n.getMessage('language');
    panel.dir = chrome.i18n.getMessage('direction');
    root.append(panel);
    return { host, panel };
}

/**
 * A host that the page has put into another document has lost its style sheet.
 *
 * @param {HTMLElement} panel
 */
function restyle(panel) {
    const root = /** @type {ShadowRoot} */ (panel.getRootNode());
    builtIn(document, 'adoptNode')(root.host);
    root.adoptedStyleSheets = [panelStyle()];
}

/** An element in the page that holds what the page must not see. */
function makeHost() {
    const host = builtIn(document, 'createElement')('div');
    return { host, root: host.attachShadow({ mode: 'closed' }) };
}

/**
 * @param {string} key
 * @param {string[]} [values]
 */
function panelText(key, values = []) {
    return chrome.i18n.getMessage(key, values);
}

/** @param {string} sentence */
function panelSentence(sentence) {
    const element = builtIn(document, 'createElement')('p');
    element.textContent = sentence;
    return element;
}

/** @param {HTMLElement[]} parts  Side by side. */
function panelRow(...parts) {
    const element = builtIn(document, 'createElement')('div');
    element.className = 'row';
    element.append(...parts);
    return element;
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
