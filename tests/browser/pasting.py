"""Paste events as the browser makes them when a person pastes."""

PASTED = """const pasted = (clipboardData) => {
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true });
        // Firefox makes one without what it carries.
        if (event.clipboardData !== clipboardData) {
            Object.defineProperty(event, 'clipboardData', { value: clipboardData });
        }
        return event;
    };"""

PASTE = f"""{PASTED}
    const carrier = new DataTransfer();
    carrier.setData('text/plain', arguments[0]);
    document.dispatchEvent(pasted(carrier));"""
"""Paste a text, the only argument, into the page."""
