"""Frames as PNGs (ISO/IEC 15948), where of a frame only what differs from the one before is compressed."""

import struct

import numpy as np

try:
    from isal import isal_zlib as zlib  # a third of the time, at the same size
except ModuleNotFoundError:  # in the browser, and on rare processors
    import zlib

BAND = 30  # rows that are compressed together, and apart from all others


class Encoder:
    """Frames, one after the other, as PNGs.

    Every band of rows is a piece of the compressed stream that refers to no other, so a band that has not changed is
    sent again as it was. The faster library may compress the same rows to other bytes another time.
    """

    def __init__(self):
        self._bands, self._pieces = [], []

    def png(self, pixels):
        """Pixels of shape (height, width, 4), red, green, blue, alpha, as a PNG."""
        bands = _bands(pixels)
        if [old.shape for old in self._bands] != [new.shape for new in bands]:
            self._bands, self._pieces = [np.empty_like(new) for new in bands], [None] * len(bands)
        for i, (old, new) in enumerate(zip(self._bands, bands, strict=True)):
            if self._pieces[i] is None or not np.array_equal(old, new):
                old[:] = new
                self._pieces[i] = _piece(new)
        return _file(pixels.shape, self._pieces)


def png(pixels):
    """One frame by itself as a PNG: nothing of it is kept."""
    return _file(pixels.shape, [_piece(band) for band in _bands(pixels)])


def _bands(pixels):
    return [pixels[top : top + BAND] for top in range(0, len(pixels), BAND)]


def _file(shape, pieces):
    """A file of pieces that are the bands of an image of this shape."""
    height, width, _ = shape
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", _joined(pieces)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _piece(band):
    """A band as a piece of a deflate stream, with the Adler-32 and the length of its rows.

    Each row begins with its filter, which is 0, none: filters take longer than they save.
    """
    rows = np.zeros((len(band), 1 + band[0].size), np.uint8)
    rows[:, 1:] = band.reshape(len(band), -1)
    deflate = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(rows) + deflate.flush(zlib.Z_SYNC_FLUSH), zlib.adler32(rows), rows.size


def _joined(pieces):
    """Pieces as one zlib stream (RFC 1950): its header, the pieces, an empty last block, and the Adler-32 of all."""
    low, high = 1, 0
    for _, adler, size in pieces:
        high = (high + (adler >> 16) + size * (low - 1)) % 65521
        low = (low + (adler & 0xFFFF) - 1) % 65521
    return b"\x78\x01" + b"".join(data for data, _, _ in pieces) + b"\x03\x00" + struct.pack(">HH", high, low)
