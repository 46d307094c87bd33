/**
 * @file Fused multiply-adds and nothing else: what the processor's registers can do at most.
 *
 * Twelve sums that do not wait for each other, as many as the matrix kernels keep.
 */

/** @returns  A number that depends on all sums, so that none is left out. Each of `rounds` has 96. */
export function multiplyAdds(rounds: i32): f32 {
    const a = f32x4.splat(0.999);
    const b = f32x4.splat(0.001);
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(1);
    let s2 = f32x4.splat(2);
    let s3 = f32x4.splat(3);
    let s4 = f32x4.splat(4);
    let s5 = f32x4.splat(5);
    let s6 = f32x4.splat(6);
    let s7 = f32x4.splat(7);
    let s8 = f32x4.splat(8);
    let s9 = f32x4.splat(9);
    let s10 = f32x4.splat(10);
    let s11 = f32x4.splat(11);
    for (; rounds > 0; rounds--) {
        for (let twice = 0; twice < 2; twice++) {
            s0 = f32x4.relaxed_madd(s0, a, b);
            s1 = f32x4.relaxed_madd(s1, a, b);
            s2 = f32x4.relaxed_madd(s2, a, b);
            s3 = f32x4.relaxed_madd(s3, a, b);
            s4 = f32x4.relaxed_madd(s4, a, b);
            s5 = f32x4.relaxed_madd(s5, a, b);
            s6 = f32x4.relaxed_madd(s6, a, b);
            s7 = f32x4.relaxed_madd(s7, a, b);
            s8 = f32x4.relaxed_madd(s8, a, b);
            s9 = f32x4.relaxed_madd(s9, a, b);
            s10 = f32x4.relaxed_madd(s10, a, b);
            s11 = f32x4.relaxed_madd(s11, a, b);
        }
    }
    const first = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    const second = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
    const third = f32x4.add(f32x4.add(s8, s9), f32x4.add(s10, s11));
    return f32x4.extract_lane(f32x4.add(f32x4.add(first, second), third), 0);
}
