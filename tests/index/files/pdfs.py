"""PDF files made for tests, byte by byte, so that it is known where every line stands."""

from collections.abc import Sequence

Row = tuple[float, float, float, str]
"""x and y in points from the lower left corner, size of the letters, text in Latin-1."""

WIDTH, HEIGHT = 595, 842


def make_pdf(pages: Sequence[Sequence[Row]], info: str = "") -> bytes:
    """A file with these pages; `info` are entries of its information dictionary, such as `/Title (...)`."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    for number, rows in enumerate(pages):
        stream = "\n".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET" for x, y, size, text in rows)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {info} >>")
    return _file(objects)


def endless_pdf() -> bytes:
    """A file of 18 kB whose 50 pages all show one stream of 8 kB 300 times over: minutes of work."""
    stream = "\n".join(["BT /F1 10 Tf 1 0 0 1 50 700 Tm (The river rose.) Tj ET"] * 140)
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    return _file(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{' '.join(f'{6 + n} 0 R' for n in range(50))}] /Count 50 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
            f"[{'5 0 R ' * 300}]",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            *[page] * 50,
            "<< >>",
        ]
    )


def column(text: Sequence[str], *, x: float = 50, top: float = 700, size: float = 10, step: float = 12) -> list[Row]:
    """Lines below each other; an empty one leaves half a line of space."""
    rows, y = [], top
    for line in text:
        if line:
            rows.append((x, y, size, line))
            y -= step
        else:
            y -= step / 2
    return rows


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[str]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()
