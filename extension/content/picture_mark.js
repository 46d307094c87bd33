/**
 * @file A small mark on the picture whose background is being removed, while no page of ours
 * shows that. It takes no clicks and no room, and goes when the service worker's port does.
 */

/** How long the mark of a good end stays. */
function doneMs() {
    return 2500;
}

/** @param {chrome.runtime.Port} port  Named `mark:<number of the picture>`. */
function showMark(port) {
    const [kind, number] = port.name.split(':');
    if (kind !== 'mark') return;
    const picture = contentState().pictures.get(Number(number));
    const { show, close } = openMark(picture?.element ?? null);
    show(panelText('mark_working'), 0);
    let isOver = false;
    port.onMessage.addListener((/** @type {{ percent?: number, said?: string }} */ told) => {
        const { percent, said } = told;
        if (said === undefined) {
            show(panelText('mark_working'), percent ?? 0);
            return;
        }
        isOver = true;
        if (!said) {
            close();
            return;
        }
        show(said, 100);
        setTimeout(close, doneMs());
    });
    port.onDisconnect.addListener(() => {
        if (isOver) return;
        // The service worker has died, and with it what it was about to do.
        show(panelText('mark_lost'), 100);
        setTimeout(close, 2 * doneMs());
    });
}

/**
 * @param {Element | null} element  null where the picture cannot be seen from here.
 */
function openMark(element) {
    const { host, root } = makeHost();
    root.adoptedStyleSheets = [markStyle()];
    const mark = builtIn(document, 'createElement')('div');
    mark.popover = 'manual';
    mark.role = 'status';
    mark.lang = chrome.i18n.getMessage('language');
    mark.dir = chrome.i18n.getMessage('direction');
    const ring = builtIn(document, 'createElement')('i');
    const sentence = builtIn(document, 'createElement')('span');
    mark.append(ring, sentence);
    root.append(mark);
    pageRoot().append(host);
    mark.showPopover();
    const move = () => moveMark(mark, element);
    window.addEventListener('scroll', move, { capture: true, passive: true });
    window.addEventListener('resize', move);
    return {
        /**
         * @param {string} text
         * @param {number} percent
         */
        show(text, percent) {
            if (sentence.textContent !== text) sentence.textContent = text;
            ring.style.setProperty('--share', `${percent}%`);
            mark.toggleAttribute('data-over', percent >= 100);
            move();
        },
        close() {
            window.removeEventListener('scroll', move, true);
            window.removeEventListener('resize', move);
            host.remove();
        },
    };
}

/**
 * Into the upper corner of what is visible of the picture.
 *
 * @param {HTMLElement} mark
 * @param {Element | null} element
 */
function moveMark(mark, element) {
    const box = element && builtIn(element, 'isConnected') ? visibleBox(element) : null;
    if (box && (box.width < 1 || box.height < 1)) mark.style.visibility = 'hidden';
    else mark.style.removeProperty('visibility');
    if (!box) return;
    const gap = 8;
    const x = Math.min(box.x + gap, innerWidth - mark.offsetWidth - gap);
    const y = Math.min(box.y + gap, innerHeight - mark.offsetHeight - gap);
    mark.style.inset = `${Math.max(gap, y)}px auto auto ${Math.max(gap, x)}px`;
}

function markStyle() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        :host { all: initial !important; display: contents !important }
        div {
            inset: auto 16px 16px auto; margin: 0; padding: 5px 11px 5px 6px; border: 0;
            border-radius: 99px; background: #18181be6; color: #f4f4f5; pointer-events: none;
            max-width: min(20rem, calc(100vw - 16px)); box-sizing: border-box;
            font: 12px/1.3 system-ui, sans-serif; box-shadow: 0 0 0 1px #fff6, 0 2px 8px #0006;
        }
        div:popover-open { display: flex; align-items: center; gap: 7px }
        i {
            flex: none; width: 16px; height: 16px; border-radius: 50%;
            background: radial-gradient(#18181b 42%, #0000 46%),
                conic-gradient(#a78bfa var(--share), #fff3 0);
        }
        @media (prefers-reduced-motion: no-preference) {
            div:not([data-over]) i { animation: breathe 1.4s ease-in-out infinite alternate }
        }
        @keyframes breathe { to { opacity: 0.45 } }
    `);
    return sheet;
}
