/** @file Fits alpha to colours: `fit_alpha` and `steepen` of py/offcut/kernels/numpy_fit.py. */

const LANES: usize = 4;
const FLOAT: usize = 4;

/**
 * Write the products whose means a fit needs: of alpha with itself, of each colour with alpha,
 * of colours with each other (rr, rg, rb, gg, gb, bb).
 *
 * @param guide  Three planes of float32.
 * @param alpha  One plane; all planes here have `count` numbers, at least four.
 * @param out  Ten planes.
 */
export function multiplyPlanes(guide: usize, alpha: usize, count: usize, out: usize): void {
    const step = count * FLOAT;
    for (let at: usize = 0; at < step; at = following(at, step)) {
        const a = v128.load(alpha + at);
        const r = v128.load(guide + at);
        const g = v128.load(guide + step + at);
        const b = v128.load(guide + 2 * step + at);
        const to = out + at;
        v128.store(to, f32x4.mul(a, a));
        v128.store(to + step, f32x4.mul(r, a));
        v128.store(to + 2 * step, f32x4.mul(g, a));
        v128.store(to + 3 * step, f32x4.mul(b, a));
        v128.store(to + 4 * step, f32x4.mul(r, r));
        v128.store(to + 5 * step, f32x4.mul(r, g));
        v128.store(to + 6 * step, f32x4.mul(r, b));
        v128.store(to + 7 * step, f32x4.mul(g, g));
        v128.store(to + 8 * step, f32x4.mul(g, b));
        v128.store(to + 9 * step, f32x4.mul(b, b));
    }
}

/** The next four numbers; the last four may overlap those before, and come out the same. */
function following(at: usize, step: usize): usize {
    const next = at + LANES * FLOAT;
    return next < step && next + LANES * FLOAT > step ? step - LANES * FLOAT : next;
}

/**
 * Solve the fit of every pixel.
 *
 * @param means  Fourteen planes: of alpha, of the colours, and of what `multiplyPlanes` gives.
 * @param ridge  Variance of colours that is noise.
 * @param out  Five planes: the share of alpha's variance that is explained, slopes, offset.
 */
export function solveFit(means: usize, count: usize, ridge: f32, out: usize): void {
    const step = count * FLOAT;
    const noise = f32x4.splat(ridge);
    const zero = f32x4.splat(0);
    for (let at: usize = 0; at < step; at = following(at, step)) {
        const from = means + at;
        const ma = v128.load(from);
        const mr = v128.load(from + step);
        const mg = v128.load(from + 2 * step);
        const mb = v128.load(from + 3 * step);
        const variance = f32x4.max(less(from + 4 * step, ma, ma), zero);
        const x = less(from + 5 * step, mr, ma);
        const y = less(from + 6 * step, mg, ma);
        const z = less(from + 7 * step, mb, ma);
        const rr = f32x4.add(f32x4.max(less(from + 8 * step, mr, mr), zero), noise);
        const rg = less(from + 9 * step, mr, mg);
        const rb = less(from + 10 * step, mr, mb);
        const gg = f32x4.add(f32x4.max(less(from + 11 * step, mg, mg), zero), noise);
        const gb = less(from + 12 * step, mg, mb);
        const bb = f32x4.add(f32x4.max(less(from + 13 * step, mb, mb), zero), noise);
        const c00 = minor(gg, bb, gb, gb);
        const c01 = minor(gb, rb, rg, bb);
        const c02 = minor(rg, gb, gg, rb);
        const c11 = minor(rr, bb, rb, rb);
        const c12 = minor(rb, rg, rr, gb);
        const c22 = minor(rr, gg, rg, rg);
        const scale = f32x4.div(f32x4.splat(1), sum(rr, c00, rg, c01, rb, c02));
        const red = f32x4.mul(sum(c00, x, c01, y, c02, z), scale);
        const green = f32x4.mul(sum(c01, x, c11, y, c12, z), scale);
        const blue = f32x4.mul(sum(c02, x, c12, y, c22, z), scale);
        const part = f32x4.div(
            sum(red, x, green, y, blue, z),
            f32x4.add(variance, f32x4.splat(1e-4)),
        );
        const explained = clipped(part);
        const gain = f32x4.div(f32x4.splat(1), f32x4.max(explained, f32x4.splat(0.1)));
        const reds = f32x4.mul(red, gain);
        const greens = f32x4.mul(green, gain);
        const blues = f32x4.mul(blue, gain);
        const to = out + at;
        v128.store(to, explained);
        v128.store(to + step, reds);
        v128.store(to + 2 * step, greens);
        v128.store(to + 3 * step, blues);
        v128.store(to + 4 * step, f32x4.sub(ma, sum(reds, mr, greens, mg, blues, mb)));
    }
}

function less(place: usize, first: v128, second: v128): v128 {
    return f32x4.sub(v128.load(place), f32x4.mul(first, second));
}

function minor(a: v128, b: v128, c: v128, d: v128): v128 {
    return f32x4.sub(f32x4.mul(a, b), f32x4.mul(c, d));
}

function sum(a: v128, x: v128, b: v128, y: v128, c: v128, z: v128): v128 {
    return f32x4.add(f32x4.add(f32x4.mul(a, x), f32x4.mul(b, y)), f32x4.mul(c, z));
}

function clipped(value: v128): v128 {
    return f32x4.min(f32x4.max(value, f32x4.splat(0)), f32x4.splat(1));
}

/**
 * Believe the fit where it explains alpha, and alpha itself elsewhere.
 *
 * @param means  Of the five planes that `solveFit` gives.
 * @param out  Four planes: slopes and offset.
 */
export function trustFit(means: usize, alpha: usize, count: usize, out: usize): void {
    const step = count * FLOAT;
    for (let at: usize = 0; at < step; at = following(at, step)) {
        const from = means + at;
        const trust = v128.load(from);
        const to = out + at;
        v128.store(to, f32x4.mul(v128.load(from + step), trust));
        v128.store(to + step, f32x4.mul(v128.load(from + 2 * step), trust));
        v128.store(to + 2 * step, f32x4.mul(v128.load(from + 3 * step), trust));
        const doubt = f32x4.sub(f32x4.splat(1), trust);
        const offset = f32x4.mul(v128.load(from + 4 * step), trust);
        v128.store(to + 3 * step, f32x4.add(offset, f32x4.mul(doubt, v128.load(alpha + at))));
    }
}

/**
 * Evaluate a fit at its own size.
 *
 * @param slopes  Three planes; `offset` is one.
 * @param out  One plane, in 0..1.
 */
export function applyFit(
    guide: usize,
    slopes: usize,
    offset: usize,
    count: usize,
    out: usize,
): void {
    const step = count * FLOAT;
    for (let at: usize = 0; at < step; at = following(at, step)) {
        const colors = guide + at;
        const from = slopes + at;
        const all = sum(
            v128.load(from),
            v128.load(colors),
            v128.load(from + step),
            v128.load(colors + step),
            v128.load(from + 2 * step),
            v128.load(colors + 2 * step),
        );
        v128.store(out + at, clipped(f32x4.add(all, v128.load(offset + at))));
    }
}

/**
 * Make ramps steeper.
 *
 * @param slopes  Three planes; `offset` is one.
 * @param low  The smallest fitted alpha around; `high` the largest.
 * @param more  Added steepness of a full ramp.
 * @param out  Six planes, as `steepen` says.
 */
export function steepenFit(
    slopes: usize,
    offset: usize,
    low: usize,
    high: usize,
    count: usize,
    more: f32,
    out: usize,
): void {
    const step = count * FLOAT;
    const one = f32x4.splat(1);
    const two = f32x4.splat(2);
    const full = f32x4.splat(255);
    for (let at: usize = 0; at < step; at = following(at, step)) {
        const lowest = v128.load(low + at);
        const highest = v128.load(high + at);
        const range = f32x4.sub(highest, lowest);
        const gain = f32x4.add(one, f32x4.mul(f32x4.splat(more), f32x4.mul(range, range)));
        const middle = f32x4.div(f32x4.mul(f32x4.sub(one, gain), f32x4.add(lowest, highest)), two);
        const from = slopes + at;
        const moved = f32x4.add(f32x4.mul(gain, v128.load(offset + at)), middle);
        const red = f32x4.mul(v128.load(from), gain);
        const green = f32x4.mul(v128.load(from + step), gain);
        const blue = f32x4.mul(v128.load(from + 2 * step), gain);
        const half = f32x4.div(f32x4.add(f32x4.add(red, green), blue), two);
        const to = out + at;
        v128.store(to, red);
        v128.store(to + step, green);
        v128.store(to + 2 * step, blue);
        v128.store(to + 3 * step, f32x4.mul(full, f32x4.sub(moved, half)));
        v128.store(to + 4 * step, f32x4.mul(full, lowest));
        v128.store(to + 5 * step, f32x4.mul(full, highest));
    }
}
