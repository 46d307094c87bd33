/*
 * Sets the theme before the first paint. So it is a classic script, for which the page waits,
 * and it reads localStorage, which answers at once. theme.js writes that copy of the setting.
 *
 * Decides: that no page flashes in the wrong theme.
 */
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'auto';
