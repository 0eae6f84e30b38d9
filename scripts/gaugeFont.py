"""Draws media/icons/gauge.woff: the status bar's gauge of the context window, one glyph a step.

    pip install fonttools && python scripts/gaugeFont.py

U+E000 is empty, U+E001 a sliver (anything above nothing), U+E002 to U+E00B are 10 % to 100 %. Each glyph is a track of
2.5 em by 0.5 em, drawn as an outline, and the part of it that is filled.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000
LEFT, RIGHT, BOTTOM, TOP = 40, 2440, 130, 630
STROKE = 70
GAP = 70
SHARES = [0.0, 0.03] + [step / 10 for step in range(1, 11)]
ADVANCE = RIGHT + LEFT


def rectangle(pen, left, bottom, right, top, clockwise=True):
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    if not clockwise:
        corners.reverse()
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()


def gauge(share):
    pen = TTGlyphPen(None)
    rectangle(pen, LEFT, BOTTOM, RIGHT, TOP)
    rectangle(pen, LEFT + STROKE, BOTTOM + STROKE, RIGHT - STROKE, TOP - STROKE, clockwise=False)
    inset = STROKE + GAP
    width = (RIGHT - LEFT - 2 * inset) * share
    if width > 0:
        rectangle(pen, LEFT + inset, BOTTOM + inset, LEFT + inset + max(width, STROKE), TOP - inset)
    return pen.glyph()


def main():
    names = [f"gauge{index}" for index in range(len(SHARES))]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({0xE000 + index: name for index, name in enumerate(names)})
    glyphs = {".notdef": gauge(0.0), **{name: gauge(share) for name, share in zip(names, SHARES)}}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (ADVANCE, LEFT) for name in glyphs})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Promptscope gauge", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.flavor = "woff"
    builder.save(Path(__file__).parent.parent / "media" / "icons" / "gauge.woff")


main()
