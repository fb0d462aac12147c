"""Frames as PNGs (ISO/IEC 15948), where of a frame only what differs from the one before is compressed."""

import struct
from math import ceil

import numpy as np

try:
    from isal import isal_zlib as zlib  # a third of the time, at the same size
except ModuleNotFoundError:  # in the browser, and on rare processors
    import zlib

BAND = 30  # rows that are compressed together, and apart from all others


class Encoder:
    """Frames, one after the other, as PNGs.

    Rows are not filtered: filters take longer than they save. Every band of rows is a piece of the compressed stream
    that refers to no other, so a band that has not changed is sent again as it was. The faster library may compress the
    same rows to other bytes another time.
    """

    def __init__(self):
        self._rows = np.zeros((0, 0), np.uint8)
        self._pieces = []

    def png(self, pixels):
        """Pixels of shape (height, width, 4), red, green, blue, alpha, as a PNG."""
        height, width, _ = pixels.shape
        if self._rows.shape != (height, 1 + 4 * width):
            self._rows = np.zeros((height, 1 + 4 * width), np.uint8)  # each begins with its filter: 0, none
            self._pieces = [None] * ceil(height / BAND)
        pairs = zip(_bands(self._rows), _bands(pixels.reshape(height, -1)), strict=True)
        for i, (old, new) in enumerate(pairs):
            if self._pieces[i] is None or not np.array_equal(old[:, 1:], new):
                old[:, 1:] = new
                self._pieces[i] = _piece(old)
        return _file(height, width, self._pieces)


def _bands(rows):
    return [rows[top : top + BAND] for top in range(0, len(rows), BAND)]


def _file(height, width, pieces):
    """A file of pieces that are the bands of an image of this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", _joined(pieces)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _piece(rows):
    """Rows as a piece of a deflate stream, with their Adler-32 and their length."""
    deflate = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(rows) + deflate.flush(zlib.Z_SYNC_FLUSH), zlib.adler32(rows), rows.size


def _joined(pieces):
    """Pieces as one zlib stream (RFC 1950): its header, the pieces, an empty last block, and the Adler-32 of all."""
    low, high = 1, 0
    for _, adler, size in pieces:
        high = (high + (adler >> 16) + size * (low - 1)) % 65521
        low = (low + (adler & 0xFFFF) - 1) % 65521
    return b"\x78\x01" + b"".join(data for data, _, _ in pieces) + b"\x03\x00" + struct.pack(">HH", high, low)
