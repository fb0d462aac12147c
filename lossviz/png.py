"""Frames as PNGs (ISO/IEC 15948), where of a frame only what differs from the one before is compressed."""

import struct
import zlib

import numpy as np

BAND = 20  # rows that are compressed together, and apart from all others


def png(pixels):
    """Pixels of shape (height, width, 4), whose last channel is ignored, as an opaque PNG."""
    return _file(pixels.shape, [_piece(pixels[band]) for band in _bands(pixels)])


class Encoder:
    """Frames, one after the other.

    Rows are not filtered: filters take longer than they save. Every band of rows is a piece of the compressed stream
    that refers to no other, so a band that has not changed is sent again as it was.
    """

    def __init__(self):
        self._last = np.zeros((0, 0, 4), np.uint8)
        self._pieces = []

    def png(self, pixels):
        """The same as `png`, sooner where little has changed."""
        bands = _bands(pixels)
        if pixels.shape != self._last.shape:
            self._last = np.zeros_like(pixels)
            self._pieces = [None] * len(bands)
        for i, band in enumerate(bands):
            if self._pieces[i] is None or not np.array_equal(pixels[band], self._last[band]):
                self._pieces[i] = _piece(pixels[band])
                self._last[band] = pixels[band]
        return _file(pixels.shape, self._pieces)


def _bands(pixels):
    return [slice(top, top + BAND) for top in range(0, len(pixels), BAND)]


def _file(shape, pieces):
    """A file of pieces that are the bands of an image of this shape."""
    height, width, _ = shape
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", _joined(pieces)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _piece(pixels):
    """Rows as a piece of a deflate stream, with their Adler-32 and their length."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    for channel in range(3):
        rows[:, 1 + channel :: 3] = pixels[..., channel]
    deflate = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(rows) + deflate.flush(zlib.Z_SYNC_FLUSH), zlib.adler32(rows), rows.size


def _joined(pieces):
    """Pieces as one zlib stream (RFC 1950): its header, the pieces, an empty last block, and the Adler-32 of all."""
    low, high = 1, 0
    for _, adler, size in pieces:
        high = (high + (adler >> 16) + size * (low - 1)) % 65521
        low = (low + (adler & 0xFFFF) - 1) % 65521
    return b"\x78\x01" + b"".join(data for data, _, _ in pieces) + b"\x03\x00" + struct.pack(">HH", high, low)
