/**
 * @file How our panel over a page looks.
 */

/** Made for each panel: a style sheet belongs to one document. */
function panelStyle() {
    const sheet = new CSSStyleSheet();
    // The host makes no box, wherever in the page it has to be.
    sheet.replaceSync(`
        :host { all: initial !important; display: contents !important }
        .panel {
            color-scheme: light dark;
            box-sizing: border-box; max-width: min(34rem, calc(100vw - 2rem));
            padding: 16px; border: 1px solid light-dark(#d4d4d8, #3f3f46); border-radius: 12px;
            background: light-dark(#fff, #18181b); color: light-dark(#18181b, #f4f4f5);
            font: 14px/1.45 system-ui, sans-serif; box-shadow: 0 8px 32px #0006;
        }
        .panel.dialog::backdrop { background: #0006 }
        dialog:not(.panel) { padding: 0; border: 0; background: none }
        dialog:not(.panel)::backdrop { background: none }
        h2 { margin: 0 0 12px; font-size: 15px; font-weight: 600 }
        p { margin: 0 0 12px; font-size: 13px }
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
        .panel.gallery { max-width: min(62rem, calc(100vw - 2rem)) }
        .gallery .choices { max-height: calc(100vh - 16rem) }
        .panel.region { position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none;
            margin: 0; padding: 0; border: 0; border-radius: 0; box-shadow: none; overflow: hidden;
            background: none; cursor: crosshair; touch-action: none; outline: none; user-select: none }
        .panel.region::backdrop { background: none }
        .region .frame { position: fixed; outline: 2px solid #fff; box-shadow: 0 0 0 2px #6d28d9, 0 0 0 200vmax #0007 }
        .region p { position: fixed; inset: 16px auto auto 50%; transform: translateX(-50%); margin: 0;
            padding: 8px 14px; border-radius: 8px; background: #18181b; color: #f4f4f5; pointer-events: none }
        .row { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin-bottom: 10px }
        .row p { margin: 0 }
        select { font: inherit; padding: 5px 8px; border-radius: 8px; color: inherit;
            border: 1px solid light-dark(#d4d4d8, #52525b); background: light-dark(#fafafa, #27272a) }
        li[hidden] { display: none }
        .choice[aria-pressed=true] { outline: 3px solid light-dark(#7c3aed, #a78bfa); outline-offset: -1px }
        .primary { background: #6d28d9; border-color: #6d28d9; color: #fff }
        button:disabled { opacity: .5; cursor: default }
        .status { position: fixed; inset: auto 16px 16px auto; margin: 0; display: flex; gap: 10px; align-items: center }
    `);
    return sheet;
}
