"""Makes onnxruntime-web multiply matrices faster: more rows at once, fused multiply-adds.

Nearly all of a network's time goes into one function of MLAS, onnxruntime's library of kernels
(`SgemmKernelWasmSimd.cpp`). It takes two rows at a time, so that each number of B which it loads
is used twice, and it adds after it has multiplied, since the published build knows only the
first set of WebAssembly's vector instructions. A processor with fused multiply-adds does both in
one step, and then the loads are in the way. The function made here takes six rows or four: as
many sums, of eight columns each, as the sixteen vector registers of an x86-64 processor hold
beside what they are made of. What is left over, fewer rows or columns, goes to the old one.

The instruction is one of WebAssembly's relaxed ones: where the processor has no fused
multiply-add, the browser multiplies and adds, and the last bit of the product may differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from dev.wasm.module import Module, WasmError, leb

I32, F32, V128 = b"\x7f", b"\x7d", b"\x7b"
# size_t MlasSgemmKernel*(A, B, C, CountK, CountM, CountN, lda, ldc, alpha): rows that were done.
A, B, C, COUNT_K, COUNT_M, COUNT_N, LDA, LDC, ALPHA = range(9)
SIGNATURE: Final = (I32 * 8 + F32, I32)

COLUMNS: Final = 16
"""Of a panel of B, in which they lie row by row; the last panel is filled up with zeros."""
FLOAT, VECTOR = 4, 16  # bytes
BLOCK_VECTORS: Final = 2
BLOCK_ROWS: Final = (4, 6)
UNROLLED: Final = 2

BLOCK, LOOP, IF, END = b"\x02\x40", b"\x03\x40", b"\x04\x40", b"\x0b"
RETURN, I32_EQZ, I32_LT_U, I32_ADD, I32_SUB, I32_MUL, I32_SHL = (
    bytes([code]) for code in (0x0F, 0x45, 0x49, 0x6A, 0x6B, 0x6C, 0x74)
)
V128_ZERO: Final = b"\xfd\x0c" + bytes(16)
F32X4_SPLAT, F32X4_ADD, F32X4_MUL = b"\xfd\x13", b"\xfd\xe4\x01", b"\xfd\xe6\x01"
F32X4_RELAXED_MADD: Final = b"\xfd\x85\x02"


class Kernel(NamedTuple):
    """One of the two functions in onnxruntime-web 1.30.0.

    Attributes
    ----------
    digest : str
        SHA-256 of its body, which is the same in all builds of one version.
    adds : bool
        Whether the product is added to C, or takes its place.
    """

    digest: str
    adds: bool


KERNELS: Final = (
    Kernel("9e72cc3a5fb5a445d440bf86c3de4b8bb338ee3773f763c730af6227034c8f08", adds=True),
    Kernel("f7728808b5f87253962b9f639f830459c0961fbc2cd2f8463534e97ae5a7e534", adds=False),
)


def enlarge_blocks(module: Module) -> int:
    """Let an onnxruntime-web multiply more rows at once.

    Parameters
    ----------
    module : Module
        Of the published WebAssembly; four functions are added.

    Returns
    -------
    int
        Number of the kernel that does not add to what is there.

    Raises
    ------
    WasmError
        If it has not exactly the two kernels that are known here: another version of
        onnxruntime wants a look at what has changed.
    """
    found = dict(find_kernels(module))
    for kernel in KERNELS:
        if kernel not in found:
            raise WasmError(f"no matrix kernel {kernel.digest} is in this onnxruntime")
        index = found[kernel]
        kind = module.kind(index)
        smaller = module.add(kind, module.body(index))
        *others, most = BLOCK_ROWS
        for rows in others:
            smaller = module.add(kind, block_product(rows, smaller, adds=kernel.adds))
        module.replace(index, block_product(most, smaller, adds=kernel.adds))
    return next(index for kernel, index in found.items() if not kernel.adds)


def find_kernels(module: Module) -> Iterator[tuple[Kernel, int]]:
    """Find the functions that are known here, and give their numbers."""
    for place, kind in enumerate(module.kinds):
        if module.types[kind] == SIGNATURE:
            digest = hashlib.sha256(module.bodies[place]).hexdigest()
            for kernel in KERNELS:
                if kernel.digest == digest:
                    yield kernel, module.imported + place


def block_product(rows: int, smaller: int, *, adds: bool) -> bytes:
    """Write the body of a function that multiplies some rows of A by all of B.

    Parameters
    ----------
    rows : int
        So many are done at once; with fewer left, `smaller` is asked.
    smaller : int
        Number of a function of the same signature for fewer rows, and for the columns that
        are no whole panel.
    adds : bool
        Whether the product is added to C, or takes its place.

    Returns
    -------
    bytes
        Locals and instructions.
    """
    return _BlockProduct(rows, smaller, adds=adds).body()


class _BlockProduct:
    """Writes the instructions; each method gives those of one step."""

    def __init__(self, rows: int, smaller: int, *, adds: bool) -> None:
        self._rows = range(rows)
        self._smaller = smaller
        self._adds = adds
        first = ALPHA + 1
        self._left, self._b, self._c, self._lda, self._ldc = range(first, first + 5)
        self._a = range(first + 5, first + 5 + rows)
        self._integers = 5 + rows
        first = self._a.stop
        self._sums = [range(first + BLOCK_VECTORS * row, first + BLOCK_VECTORS * (row + 1))
                      for row in self._rows]  # fmt: skip
        first += BLOCK_VECTORS * rows
        self._columns = range(first, first + BLOCK_VECTORS)
        self._alpha = first + BLOCK_VECTORS
        self._element = self._alpha + 1
        self._vectors = self._element + 1 - self._a.stop

    def body(self) -> bytes:
        steps = [self._ask_smaller(), self._begin(), self._panels(), self._rest()]
        groups = [leb(self._integers) + I32, leb(self._vectors) + V128]
        count = _const(len(self._rows))
        return leb(len(groups)) + b"".join(groups) + b"".join(steps) + count + END

    def _ask_smaller(self) -> bytes:
        arguments = b"".join(_get(place) for place in range(ALPHA + 1))
        is_less = _get(COUNT_M) + _const(len(self._rows)) + I32_LT_U
        return is_less + IF + arguments + _call(self._smaller) + RETURN + END

    def _begin(self) -> bytes:
        in_bytes = _const(2) + I32_SHL
        return (
            _get(ALPHA) + F32X4_SPLAT + _set(self._alpha)
            + _get(LDA) + in_bytes + _set(self._lda)
            + _get(LDC) + in_bytes + _set(self._ldc)
        )  # fmt: skip

    def _panels(self) -> bytes:
        """Go through the whole panels of B."""
        width = BLOCK_VECTORS * VECTOR
        blocks = b"".join(self._block(at) for at in range(0, COLUMNS * FLOAT, width))
        panel_bytes = _get(COUNT_K) + _const(COLUMNS * FLOAT) + I32_MUL
        onward = (
            _get(B) + panel_bytes + I32_ADD + _set(B)
            + _advance(C, COLUMNS * FLOAT)
            + _get(COUNT_N) + _const(COLUMNS) + I32_SUB + _set(COUNT_N)
        )  # fmt: skip
        is_none = _get(COUNT_N) + _const(COLUMNS) + I32_LT_U
        return _while(is_none, blocks + onward)

    def _block(self, at: int) -> bytes:
        """Make the sums of a block of columns, which lies so many bytes from the panel's first."""
        zeros = b"".join(V128_ZERO + _set(each) for sums in self._sums for each in sums)
        places = _get(B) + _const(at) + I32_ADD + _set(self._b) + _get(A) + _set(self._a[0])
        for row in self._rows[1:]:
            places += _get(self._a[row - 1]) + _get(self._lda) + I32_ADD + _set(self._a[row])
        unrolled = b"".join(self._products(step) for step in range(UNROLLED))
        many = unrolled + self._onward(UNROLLED)
        one = self._products(0) + self._onward(1)
        sums = (
            _get(COUNT_K) + _set(self._left)
            + _while(_get(self._left) + _const(UNROLLED) + I32_LT_U, many)
            + _while(_get(self._left) + I32_EQZ, one)
        )  # fmt: skip
        return zeros + places + sums + self._store(at)

    def _products(self, step: int) -> bytes:
        """Add the products of one column of A and one row of B."""
        at = step * COLUMNS * FLOAT
        out = b"".join(
            _get(self._b) + _load(at + VECTOR * index) + _set(column)
            for index, column in enumerate(self._columns)
        )
        for row in self._rows:
            out += _get(self._a[row]) + _load_splat(step * FLOAT) + _set(self._element)
            for column, total in zip(self._columns, self._sums[row], strict=True):
                factors = _get(self._element) + _get(column) + _get(total)
                out += factors + F32X4_RELAXED_MADD + _set(total)
        return out

    def _onward(self, steps: int) -> bytes:
        rows = b"".join(_advance(place, steps * FLOAT) for place in self._a)
        left = _get(self._left) + _const(steps) + I32_SUB + _set(self._left)
        return rows + _advance(self._b, steps * COLUMNS * FLOAT) + left

    def _store(self, at: int) -> bytes:
        out = _get(C) + _const(at) + I32_ADD + _set(self._c)
        for row in self._rows:
            for index, total in enumerate(self._sums[row]):
                product = _get(total) + _get(self._alpha) + F32X4_MUL
                if self._adds:
                    product += _get(self._c) + _load(VECTOR * index) + F32X4_ADD
                out += _get(self._c) + product + _store(VECTOR * index)
            out += _get(self._c) + _get(self._ldc) + I32_ADD + _set(self._c)
        return out

    def _rest(self) -> bytes:
        """Let the other function do the columns that are left; it takes some rows a time."""
        done = self._left

        def from_done(place: int, step: int) -> bytes:
            return _get(place) + _get(done) + _get(step) + I32_MUL + I32_ADD

        rows = _const(len(self._rows))
        arguments = (
            from_done(A, self._lda) + _get(B) + from_done(C, self._ldc) + _get(COUNT_K)
            + rows + _get(done) + I32_SUB
            + b"".join(_get(place) for place in (COUNT_N, LDA, LDC, ALPHA))
        )  # fmt: skip
        more = arguments + _call(self._smaller) + _get(done) + I32_ADD + _set(done)
        loop = LOOP + more + _get(done) + rows + I32_LT_U + _branch_if(0) + END
        return _get(COUNT_N) + IF + _const(0) + _set(done) + loop + END


def _while(is_over: bytes, body: bytes) -> bytes:
    """Repeat something until a condition holds, which is asked first."""
    return BLOCK + LOOP + is_over + _branch_if(1) + body + b"\x0c\x00" + END + END


def _branch_if(depth: int) -> bytes:
    return b"\x0d" + leb(depth)


def _call(function: int) -> bytes:
    return b"\x10" + leb(function)


def _get(local: int) -> bytes:
    return b"\x20" + leb(local)


def _set(local: int) -> bytes:
    return b"\x21" + leb(local)


def _const(value: int) -> bytes:
    """Give a number of 0 to 8191, in signed LEB128."""
    return b"\x41" + (bytes([value]) if value < 64 else bytes([value & 0x7F | 0x80, value >> 7]))


def _advance(local: int, count: int) -> bytes:
    return _get(local) + _const(count) + I32_ADD + _set(local)


def _load(offset: int) -> bytes:
    return b"\xfd\x00\x00" + leb(offset)


def _load_splat(offset: int) -> bytes:
    """Load one float into all places of a vector; the alignment is that of a float."""
    return b"\xfd\x09\x02" + leb(offset)


def _store(offset: int) -> bytes:
    return b"\xfd\x0b\x00" + leb(offset)
