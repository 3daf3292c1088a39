"""The demo's still lives and portraits; see draw.py."""
from pathlib import Path
import skia
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from draw_kit import CREAM, H, INK, MIST, OCHRE, PLUM, RED, ROSE, SAND, SEA, TEAL, W, curve, mix

FACE = Path(__file__).parents[2] / "site/theme/fonts/display-semibold.woff2"


def jar(p, x, y, w, h, fill, lid, level, neck=.8):
    glass = curve([(x - w * neck / 2, y - h), (x - w / 2, y - h * .82), (x - w / 2, y - h * .1), (x - w * .44, y), (x + w * .44, y), (x + w / 2, y - h * .1), (x + w / 2, y - h * .82), (x + w * neck / 2, y - h)])
    glass.close()
    p.path(glass, MIST, alpha=.42)
    p.c.save()
    p.c.clipPath(glass, doAntiAlias=True)
    top = y - h * level
    dough = curve([(x - w, top + 8), (x - w * .3, top - 10), (x + w * .1, top + 4), (x + w * .4, top - 8), (x + w, top + 6), (x + w, y + 20), (x - w, y + 20)], True)
    p.shaded(dough, (x - w / 2, 0), (x + w / 2, 0), [mix(fill, CREAM, .5), fill, mix(fill, "#6b4a2c", .5)])
    for _ in range(int(w * h / 500)):
        p.disc(p.r.uniform(x - w / 2, x + w / 2), p.r.uniform(top + 8, y), p.r.uniform(2, 7), "#8a6a44", alpha=.35)
    p.c.restore()
    p.path(glass, "#31424a", width=3, alpha=.5)
    p.stroke([(x - w * .38, y - h * .76), (x - w * .4, y - h * .4), (x - w * .38, y - h * .16)], 7, CREAM, alpha=.75)
    cap = curve([(x - w * neck * .62, y - h + 34), (x - w * neck * .56, y - h - 12), (x, y - h - 22), (x + w * neck * .56, y - h - 12), (x + w * neck * .62, y - h + 34), (x + w * neck * .2, y - h + 22), (x - w * neck * .2, y - h + 36)], True)
    p.shaded(cap, (x - w / 2, 0), (x + w / 2, 0), [mix(lid, CREAM, .35), lid, mix(lid, INK, .45)])
    p.line([(x - w * neck * .54, y - h + 10), (x + w * neck * .54, y - h + 10)], 4, CREAM, alpha=.9)


def bread(p):
    p.sky([(0, "#24505a"), (1, "#5b8f8c")])
    for x in range(0, W, 108):
        for y in range(0, 760, 108):
            p.rect(x + 4, y + 4, 100, 100, mix("#2f6a70", "#75a8a0", p.r.random() * .4 + y / 2400), 4)
    p.glow(300, 130, 900, SAND, .4)
    for y, thick in ((452, 30), (842, 44)):
        p.rect(0, y + thick, W, 40, INK, alpha=.3, blur=12)
        p.rect(0, y, W, thick, "#8a5432")
        p.rect(0, y, W, 7, "#d9a066")
    doughs, lids = ["#e6cb95", "#d8b070", "#ecd9ae", "#c99a5e"], [RED, CREAM, TEAL, OCHRE, PLUM, ROSE]
    for y, xs in ((452, (120, 276, 428, 600, 770, 916, 1080, 1240, 1420)), (842, (130, 320, 1190, 1368, 1520))):
        for i, x in enumerate(xs):
            w, h = p.r.randint(104, 148), p.r.randint(150, 290) if y < 500 else p.r.randint(190, 310)
            p.disc(x + 20, y - 2, w * .55, INK, 9, alpha=.35, blur=6)
            jar(p, x, y, w, h, doughs[(i * 3 + y) % 4], lids[(i + y) % 6], p.r.uniform(.4, .8), p.r.choice([.72, .85, .95]))
    p.disc(770, 842, 350, INK, 20, alpha=.4, blur=12)
    loaf = curve([(450, 838), (430, 740), (520, 610), (680, 552), (860, 556), (1010, 620), (1090, 740), (1074, 838)], False)
    loaf.close()
    p.shaded(loaf, (520, 560), (980, 860), ["#e9b265", "#b9702f", "#6b3418"])
    for i in range(4):
        x = 590 + i * 108
        cut = curve([(x - 50, 690 - abs(i - 1.5) * -16), (x - 8, 636 + abs(i - 1.5) * 16), (x + 34, 612 + abs(i - 1.5) * 22), (x + 16, 654 + abs(i - 1.5) * 18)], True)
        p.path(cut, CREAM, alpha=.9)
    for _ in range(320):
        x, y = p.r.gauss(740, 170), p.r.gauss(650, 60)
        if loaf.contains(x, y):
            p.disc(x, y, p.r.uniform(1, 3.2), CREAM, alpha=.6)
    p.sky([(0, "#5d3420"), (1, "#2c1812")], 886, H)
    card = skia.Path()
    card.addPoly([skia.Point(*q) for q in ((1010, 900), (1330, 884), (1344, 1030), (1020, 1050))], True)
    p.path(card, CREAM)
    for i, w in enumerate((210, 260, 120)):
        p.line([(1046, 936 + i * 36), (1046 + w, 926 + i * 36)], 7, INK if i else RED, alpha=.8)
    p.glow(760, 700, 700, OCHRE, .12)


class Outline(BasePen):
    """A glyph of the theme's own face as a drawing."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.path = skia.Path()

    def _moveTo(self, a):
        self.path.moveTo(*a)

    def _lineTo(self, a):
        self.path.lineTo(*a)

    def _curveToOne(self, a, b, c):
        self.path.cubicTo(*a, *b, *c)

    def _qCurveToOne(self, a, b):
        self.path.quadTo(*a, *b)

    def _closePath(self):
        self.path.close()


def type(p):
    face = TTFont(FACE)
    glyphs, names, unit = face.getGlyphSet(), face.getBestCmap(), face["head"].unitsPerEm
    p.sky([(0, "#2a1c1a"), (1, "#120c10")])
    p.c.save()
    p.c.translate(800, 533)
    p.c.rotate(-9)
    p.c.scale(-1, 1)  # A forme is the mirror image of its page.
    p.c.translate(-1010, -720)
    text, y, n, row = "THE RIVER CAME UP AT TWO & WENT OUT AT THREE, STAY UPSTAIRS. WE ARE. ", 0, 0, 0
    while y < 1450:
        h, x = (224, 118, 176, 118)[row % 4], -60 - p.r.randint(0, 90)
        while x < 2100:
            letter = text[n % len(text)]
            n += 1
            if letter == " ":
                w = h * .32
                p.rect(x + 3, y + 3, w - 6, h - 6, "#33251f", 3)
                x += w
                continue
            name = names[ord(letter)]
            w = glyphs[name].width / unit * h * .98 + 20
            marked = 820 < x < 1100 and 600 < y < 860 and letter.isalpha() and not getattr(p, "marked", False)
            wood = h > 160
            base = RED if marked else p.r.choice(["#c58f55", "#b47a44", "#d3a56c"] if wood else ["#8d959c", "#7a828c", "#a3a9ac"])
            if marked:
                p.marked = True
            face_path = skia.Path()
            face_path.addRoundRect(skia.Rect.MakeXYWH(x + 3, y + 3, w - 6, h - 6), 5, 5)
            p.rect(x + 10, y + 12, w - 6, h - 6, "#000000", 5, alpha=.5, blur=5)
            p.shaded(face_path, (x, y), (x + w * .6, y + h), [mix(base, CREAM, .35), base, mix(base, INK, .38)])
            if wood and not marked:
                for k in range(7):
                    gy = y + 14 + k * h / 7.4 + p.r.uniform(-4, 4)
                    p.line([(x + 8, gy), (x + w - 8, gy + p.r.uniform(-3, 3))], 1.5, "#6b431f", alpha=.22)
            pen = Outline(glyphs)
            glyphs[name].draw(pen)
            m = skia.Matrix()
            m.setAll(h * .82 / unit, 0, x + w / 2 - glyphs[name].width / unit * h * .41, 0, -h * .82 / unit, y + h * .79, 0, 0, 1)
            pen.path.transform(m)
            p.path(pen.path, CREAM if marked else mix(base, INK, .84))
            x += w
        y, row = y + h, row + 1
    p.c.restore()
    p.glow(560, 300, 1000, SAND, .24)
    shade = skia.Path()
    shade.addRect(skia.Rect.MakeWH(W, H))
    p.shaded(shade, (400, 200), (1600, 1067), [INK, INK, INK], [0, .12, .72])


def portrait(ground, coat, skin, hair, extra):
    def draw(p):
        p.sky([(0, mix(ground, CREAM, .35)), (1, ground)])
        p.glow(170, 130, 380, CREAM, .35)
        body = curve([(60, 620), (90, 470), (180, 420), (240, 410), (300, 420), (392, 470), (420, 620)], True)
        p.shaded(body, (80, 400), (420, 560), [mix(coat, CREAM, .2), coat, mix(coat, INK, .5)])
        p.rect(204, 340, 72, 100, mix(skin, "#5d3a34", .35), 26)
        if extra.get("long"):
            p.blob([(146, 210), (170, 110), (240, 82), (312, 112), (338, 220), (346, 380), (300, 410), (180, 410), (136, 380)], hair)
        head = curve([(168, 220), (176, 150), (240, 118), (304, 150), (312, 220), (300, 300), (268, 350), (240, 362), (212, 350), (180, 300)], True)
        p.shaded(head, (160, 0), (320, 0), [mix(skin, CREAM, .3), skin, mix(skin, "#5d3a34", .55)])
        if extra.get("beard"):
            p.blob([(170, 262), (196, 290), (240, 286), (284, 290), (310, 262), (304, 330), (272, 384), (240, 396), (208, 384), (176, 330)], hair)
            p.stroke([(220, 318), (240, 324), (260, 318)], 4, mix(skin, RED, .4))
        else:
            p.stroke([(216, 312), (240, 322), (266, 310)], 5, mix(skin, "#7d2618", .6))
        p.stroke([(240, 232), (232, 272), (246, 278)], 4, mix(skin, "#5d3a34", .6))
        for x in (206, 274):
            p.disc(x, 232, 6, INK, 7)
            p.stroke([(x - 19, 205), (x, 201), (x + 19, 205)], 5, mix(hair, INK, .4))
        if extra.get("glasses"):
            for x in (206, 274):
                p.disc(x, 232, 27, INK, width=4)
            p.line([(233, 230), (247, 230)], 4, INK)
        if extra.get("hat"):
            p.blob([(160, 196), (166, 104), (240, 70), (314, 104), (320, 196), (240, 172)], extra["hat"])
            p.blob([(154, 178), (240, 154), (326, 178), (326, 212), (240, 188), (154, 212)], mix(extra["hat"], INK, .35))
        elif extra.get("bun"):
            p.disc(250, 82, 44, hair)
            p.blob([(160, 230), (164, 140), (240, 100), (316, 138), (320, 228), (296, 170), (240, 152), (190, 168)], hair)
        else:
            p.blob([(158, 226), (160, 140), (220, 96), (300, 104), (324, 160), (320, 224), (300, 178), (250, 150), (200, 172), (176, 190)], hair)
        if extra.get("scarf"):
            p.blob([(160, 400), (200, 376), (280, 376), (320, 400), (312, 446), (240, 466), (168, 446)], extra["scarf"])
            p.blob([(280, 430), (322, 440), (330, 560), (286, 560)], mix(extra["scarf"], INK, .2))
        else:
            p.poly([(204, 420), (240, 470), (276, 420), (300, 426), (244, 520), (180, 426)], CREAM)
    draw.size = (480, 480)
    return draw


NEAR = {"bread": bread, "type": type}
NEAR["ines"] = portrait(TEAL, "#22304a", "#c98d67", "#2a1c1e", {"bun": True, "glasses": True})
NEAR["tobias"] = portrait(OCHRE, "#274a63", "#8a5a42", "#1f1618", {"beard": True, "hat": RED})
NEAR["maren"] = portrait(ROSE, PLUM, "#e8b795", "#a8482a", {"long": True})
NEAR["piers"] = portrait(SEA, "#5f5a30", "#e6ae8a", "#9a958c", {"scarf": RED, "glasses": False})
