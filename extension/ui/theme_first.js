/*
 * Sets the chosen theme before anything is painted: a classic script, which the page waits
 * for, and localStorage, which answers at once. theme.js keeps that copy of the setting.
 */
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'auto';
