/** @file Solves colours on one level: `relax_colors` of py/offcut/kernels/numpy_colors.py. */

const COLORS: usize = 3;
const SIDES: usize = 4;
/** Of what is kept of a soft pixel: its neighbours' places and weights, six given colours, */
const GIVEN: usize = 2 * SIDES * 4;
/** four coefficients, and the six colours of the step that is being taken. */
const COEFFICIENTS: usize = GIVEN + 2 * COLORS * 4;
const NEXT: usize = COEFFICIENTS + 4 * 4;
const RECORD: usize = NEXT + 2 * COLORS * 4;

/**
 * Take over the known colours, and find the pixels of which both sides are unknown.
 *
 * @param image  Three planes, float32.
 * @param alpha  One plane; all planes have `count` numbers.
 * @param pair  Six planes: of the subject where alpha is over `high`, and of the backdrop where
 *     it is under `low`, the colours of the image are put in.
 * @param soft  Room for the places of all other pixels, 32 bits each.
 * @returns How many these are.
 */
export function takeKnownColors(
    image: usize,
    alpha: usize,
    pair: usize,
    count: usize,
    low: f32,
    high: f32,
    soft: usize,
): usize {
    const planeBytes = count << 2;
    let found: usize = 0;
    for (let at: usize = 0; at < planeBytes; at += 4) {
        const share = load<f32>(alpha + at);
        if (share > high) {
            copyColors(image + at, pair + at, planeBytes);
        } else if (share < low) {
            copyColors(image + at, pair + COLORS * planeBytes + at, planeBytes);
        } else {
            store<u32>(soft + (found++ << 2), <u32>(at >> 2));
        }
    }
    return found;
}

function copyColors(from: usize, to: usize, planeBytes: usize): void {
    for (let plane: usize = 0; plane < COLORS; plane++) {
        store<f32>(to + plane * planeBytes, load<f32>(from + plane * planeBytes));
    }
}

/**
 * Take Jacobi steps at soft pixels.
 *
 * @param soft  Their places, `found` of them.
 * @param flatness  Weight of "neighbours are alike", and the same per unit of change of alpha.
 * @param room  For `found` records of 96 bytes.
 */
export function relaxColors(
    image: usize,
    alpha: usize,
    pair: usize,
    width: usize,
    height: usize,
    soft: usize,
    found: usize,
    flatness: f32,
    flatnessAtEdges: f32,
    steps: usize,
    room: usize,
): void {
    const planeBytes = (width * height) << 2;
    const end = room + found * RECORD;
    for (let record = room, place = soft; record < end; record += RECORD, place += 4) {
        const pixel = <usize>load<u32>(place);
        const row = pixel / width;
        const column = pixel - row * width;
        store<u32>(record, (pixel + (column < width - 1 ? 1 : 0)) << 2);
        store<u32>(record + 4, (pixel - (column > 0 ? 1 : 0)) << 2);
        store<u32>(record + 8, (pixel + (row < height - 1 ? width : 0)) << 2);
        store<u32>(record + 12, (pixel - (row > 0 ? width : 0)) << 2);
        prepare(
            record,
            image + (pixel << 2),
            planeBytes,
            alpha,
            load<f32>(alpha + (pixel << 2)),
            flatness,
            flatnessAtEdges,
        );
    }
    for (let step: usize = 0; step < steps; step++) {
        for (let record = room; record < end; record += RECORD) solve(record, pair, planeBytes);
        for (let record = room, place = soft; record < end; record += RECORD, place += 4) {
            const target = pair + ((<usize>load<u32>(place)) << 2);
            for (let plane: usize = 0; plane < 2 * COLORS; plane++) {
                store<f32>(target + plane * planeBytes, load<f32>(record + NEXT + (plane << 2)));
            }
        }
    }
}

function prepare(
    record: usize,
    colors: usize,
    planeBytes: usize,
    alpha: usize,
    share: f32,
    flatness: f32,
    flatnessAtEdges: f32,
): void {
    const rest: f32 = 1 - share;
    let total: f32 = 0;
    for (let side: usize = 0; side < SIDES; side++) {
        const beside = load<f32>(alpha + <usize>load<u32>(record + (side << 2)));
        const weight: f32 = flatness + flatnessAtEdges * abs<f32>(share - beside);
        store<f32>(record + ((SIDES + side) << 2), weight);
        total = side === 0 ? weight : total + weight;
    }
    for (let plane: usize = 0; plane < COLORS; plane++) {
        const color = load<f32>(colors + plane * planeBytes);
        store<f32>(record + GIVEN + (plane << 2), color * share);
        store<f32>(record + GIVEN + ((COLORS + plane) << 2), color * rest);
    }
    const own: f32 = share * share + total;
    const both: f32 = share * rest;
    const other: f32 = rest * rest + total;
    store<f32>(record + COEFFICIENTS, own);
    store<f32>(record + COEFFICIENTS + 4, both);
    store<f32>(record + COEFFICIENTS + 8, other);
    store<f32>(record + COEFFICIENTS + 12, 1 / (own * other - both * both));
}

function solve(record: usize, pair: usize, planeBytes: usize): void {
    const own = load<f32>(record + COEFFICIENTS);
    const both = load<f32>(record + COEFFICIENTS + 4);
    const other = load<f32>(record + COEFFICIENTS + 8);
    const scale = load<f32>(record + COEFFICIENTS + 12);
    for (let plane: usize = 0; plane < COLORS; plane++) {
        const subject = known(record, plane, pair + plane * planeBytes);
        const backdrop = known(record, COLORS + plane, pair + (COLORS + plane) * planeBytes);
        store<f32>(
            record + NEXT + (plane << 2),
            clipped((other * subject - both * backdrop) * scale),
        );
        store<f32>(
            record + NEXT + ((COLORS + plane) << 2),
            clipped((own * backdrop - both * subject) * scale),
        );
    }
}

/** What the image and the neighbours say of one color of a pixel. */
function known(record: usize, plane: usize, colors: usize): f32 {
    let sum = load<f32>(record + GIVEN + (plane << 2));
    for (let side: usize = 0; side < SIDES; side++) {
        const beside = load<f32>(colors + <usize>load<u32>(record + (side << 2)));
        sum += load<f32>(record + ((SIDES + side) << 2)) * beside;
    }
    return sum;
}

function clipped(value: f32): f32 {
    return min<f32>(max<f32>(value, 0), 1);
}
