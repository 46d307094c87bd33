"""What a person does in the Save dialogue, for browsers that show none: downloads are cancelled."""

from __future__ import annotations

# Chromium asks for the name while the dialogue would stand open, and waits for the answer; a small
# file that is only cancelled once it has begun may be there already.
CANCEL_ALL = """self.beforeIt =
    chrome.downloads.onDeterminingFilename ?? chrome.downloads.onCreated,
    self.cancelAll = ({ id }, suggest) => {
        chrome.downloads.cancel(id).then(suggest);
        return true;
    },
    self.beforeIt.addListener(self.cancelAll)"""
CANCEL_NONE = "self.beforeIt.removeListener(self.cancelAll)"
