/**
 * @file Moves the subject within the free space of its frame, as the user drags it.
 *
 * Decides: that it stays within the free space.
 */

import { clamp } from './view_geometry.js';

/**
 * @param {{ positionX: number, positionY: number }} position  Per cent of the free space.
 * @param {import('./view_geometry.js').Point} by  Source pixels.
 * @param {import('./view_geometry.js').Size} space  Source pixels.
 */
export function moveSubject({ positionX, positionY }, by, space) {
    return {
        positionX: move(positionX, by.x, space.width),
        positionY: move(positionY, by.y, space.height),
    };
}

/**
 * @param {number} position
 * @param {number} by
 * @param {number} space
 */
function move(position, by, space) {
    return space === 0 ? position : clamp(position + (by * 100) / space, 0, 100);
}
