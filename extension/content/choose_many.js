/**
 * @file The pictures of the page, of which a person chooses those for the workbench.
 *
 * Decides: which sizes can be asked for, that none is chosen at first, the words and the order of
 * the buttons.
 */

/** The smallest sizes to choose from, in pixels of the longer side; icons are left out at first. */
function smallestSizes() {
    return [0, 100, 300, 800];
}

/**
 * @param {import('../messages/page_types.js').OfferedPicture[]} offered
 * @param {boolean} hasMore  There are others, which are not offered.
 * @returns {Promise<number[]>}  Places in `offered` of the chosen ones, in the order of the page.
 */
function chooseMany(offered, hasMore) {
    /** @type {{ left: number[], gone: number[] }} */
    const unasked = { left: [], gone: [] };
    return askOverPage(unasked, (panel, answer) => {
        panel.className += ' gallery';
        addTitle(panel, panelText('gather_title'));
        const cancel = panelButton(panelText('choose_cancel'), () => answer([]));
        if (offered.length > 0) {
            fillGallery(panel, offered.map(galleryTile), hasMore, cancel, answer);
            return;
        }
        panel.append(panelSentence(panelText('gather_none')), cancel);
        cancel.focus();
    });
}

/**
 * @typedef {object} Tile
 * @property {HTMLLIElement} item
 * @property {HTMLButtonElement} button
 * @property {() => boolean} isChosen
 * @property {(chosen: boolean) => void} choose
 * @property {() => number} longest  Pixels of the longer side, as far as it is known.
 * @property {() => void} onChange   Called after either has changed.
 */

/**
 * @param {HTMLElement} panel
 * @param {Tile[]} tiles
 * @param {boolean} hasMore
 * @param {HTMLButtonElement} cancel
 * @param {(chosen: number[]) => void} finish
 */
function fillGallery(panel, tiles, hasMore, cancel, finish) {
    const create = builtIn(document, 'createElement');
    const list = create('ul');
    list.className = 'choices';
    list.append(...tiles.map(({ item }) => item));
    const { label, field } = sizeField();
    const chosen = () => tiles.filter(({ item, isChosen }) => !item.hidden && isChosen());
    const all = panelButton('', () => {
        const shown = tiles.filter(({ item }) => !item.hidden);
        const isAll = shown.every(({ isChosen }) => isChosen());
        for (const tile of shown) tile.choose(!isAll);
        update();
    });
    const go = panelButton('', () => finish(chosen().map((tile) => tiles.indexOf(tile))));
    go.className = 'primary';
    const count = panelSentence('');
    count.role = 'status';
    const update = () => {
        for (const { item, longest } of tiles) item.hidden = longest() < Number(field.value);
        const shown = tiles.filter(({ item }) => !item.hidden).length;
        const many = chosen().length;
        count.textContent = panelText('gather_count', [String(many), String(shown)]);
        all.textContent = panelText(many > 0 && many === shown ? 'gather_clear' : 'gather_all');
        all.disabled = shown === 0;
        go.textContent = panelText('gather_go', [String(many)]);
        go.disabled = many === 0;
    };
    for (const tile of tiles) tile.onChange = update;
    field.addEventListener('change', update);
    const tools = panelRow(label, all, count);
    const more = hasMore ? [panelSentence(panelText('gather_most', [String(tiles.length)]))] : [];
    panel.append(tools, list, ...more, panelRow(go, cancel));
    update();
    field.focus();
}

function sizeField() {
    const create = builtIn(document, 'createElement');
    const field = create('select');
    for (const size of smallestSizes()) {
        const option = create('option');
        option.value = String(size);
        option.textContent = size
            ? panelText('gather_pixels', [String(size)])
            : panelText('gather_any');
        option.selected = size === 100;
        field.append(option);
    }
    const label = create('label');
    label.append(panelText('gather_at_least'), ' ', field);
    return { label, field };
}

/**
 * @param {import('../messages/page_types.js').OfferedPicture} offered
 * @returns {Tile}
 */
function galleryTile(offered) {
    const create = builtIn(document, 'createElement');
    const item = create('li');
    const name = create('span');
    const size = create('span');
    let { width, height } = offered;
    const isOurs = offered.frameId === 0;
    const known = isOurs ? contentState().pictures.get(offered.number) : undefined;
    const picture = known ?? { element: pageRoot(), kind: offered.kind, urls: offered.urls };
    const button = panelButton('', () => {
        tile.choose(!tile.isChosen());
        tile.onChange();
    });
    /** @type {Tile} */
    const tile = {
        item,
        button,
        isChosen: () => button.ariaPressed === 'true',
        choose: (chosen) => {
            button.ariaPressed = String(chosen);
        },
        longest: () => Math.max(width, height),
        onChange: () => undefined,
    };
    const shown = thumbnail(picture);
    const showSize = () => {
        size.textContent = `${width} × ${height}`;
    };
    if (shown instanceof HTMLImageElement) {
        // Of a background the page knows its box only; the picture itself says more.
        shown.addEventListener('load', () => {
            if (shown.naturalWidth * shown.naturalHeight <= width * height) return;
            [width, height] = [shown.naturalWidth, shown.naturalHeight];
            showSize();
            tile.onChange();
        });
    }
    name.textContent = describePicture({ ...picture, label: offered.label });
    button.title = name.textContent;
    showSize();
    tile.choose(false);
    button.className = 'choice';
    button.append(shown, name, size);
    item.append(button);
    return tile;
}
