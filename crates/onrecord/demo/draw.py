"""Draw the demo newsroom's pictures: `pip install skia-python numpy pillow fonttools brotli && python draw.py [NAME...]`.

Every picture is a function named after its file. Nothing is photographed, nobody is portrayed. The outputs in pictures/
are committed, so this runs only when a drawing changes.
"""
import math
import sys
from pathlib import Path
import skia
from draw_kit import BLUE, CREAM, H, INK, MIST, NIGHT, OCHRE, PLUM, RED, ROSE, SAND, SEA, W, Picture, curve, mix

HERE = Path(__file__).parent


def ferry(p):
    p.sky([(0, NIGHT), (.32, BLUE), (.62, "#7d8a97"), (.84, ROSE), (1, SAND)], 0, 600)
    p.stars(60, 260)
    p.clouds(420, 60, 16, CREAM, .3)
    p.clouds(250, 50, 7, mix(BLUE, ROSE, .5), .35)
    for y, h, top in ((585, 26, "#76879a"), (596, 12, "#54708a")):
        p.ridge(y, h, top, mix(top, ROSE, .3), 30)
    p.sky([(0, "#c9a592"), (.12, "#7f8c98"), (.45, "#3a5878"), (1, INK)], 600, H)
    p.ripples(606, H, 260, CREAM, .22)
    p.ripples(640, H, 200, INK, .4)
    # Reflection first, then the ship.
    for y in range(796, 1010, 5):
        t = (y - 796) / 214
        for _ in range(9 - int(6 * t)):
            n = p.r.uniform(50, 170) * (1 - .5 * t)
            x = 915 + (470 - n - 150 * t) * p.r.uniform(-1, 1) + p.r.gauss(0, 10)
            p.line([(x - n, y), (x + n, y)], 4.5, "#12203a", alpha=.5 * (1 - t))
            if t < .3 and p.r.random() < .25:
                p.line([(x - n * .3, y), (x + n * .3, y)], 3, RED, alpha=.5)
    for i in range(15):
        p.glitter(590 + i * 47, 806, 1010, 13, OCHRE, .75, 17)
    p.glitter(715, 806, 1040, 20, CREAM, .6, 18)
    hull = skia.Path()
    hull.moveTo(372, 640)
    hull.lineTo(1430, 650)
    hull.quadTo(1424, 742, 1384, 792)
    hull.lineTo(486, 796)
    hull.quadTo(424, 752, 372, 640)
    p.shaded(hull, (0, 640), (0, 796), [(0, "#26456b"), (.72, "#12203a"), (.74, RED), (1, "#7d2a1e")])
    p.line([(380, 660), (1428, 669)], 5, CREAM, alpha=.85)
    for i in range(19):
        p.disc(540 + i * 44, 700, 6, OCHRE if i % 5 != 3 else "#0c1526")
    deck = skia.Path()
    deck.addPoly([skia.Point(*q) for q in ((560, 640), (568, 556), (1362, 556), (1384, 648))], True)
    p.shaded(deck, (560, 0), (1384, 0), [CREAM, "#c9c6bd", "#8d98a4"])
    top = skia.Path()
    top.addPoly([skia.Point(*q) for q in ((622, 556), (632, 486), (1180, 486), (1204, 556))], True)
    p.shaded(top, (622, 0), (1204, 0), [CREAM, "#bdbfba", "#8593a2"])
    bridge = skia.Path()
    bridge.addPoly([skia.Point(*q) for q in ((640, 486), (618, 424), (868, 424), (876, 486))], True)
    p.shaded(bridge, (620, 0), (880, 0), [CREAM, "#c9c8c0"])
    p.rect(600, 414, 290, 12, "#22385a", 3)
    for i in range(6):
        p.poly([(634 + i * 38, 442), (664 + i * 38, 442), (666 + i * 38, 468), (642 + i * 38, 468)], OCHRE if i != 2 else SAND)
    for i in range(16):
        p.rect(592 + i * 47, 584, 30, 30, mix(OCHRE, SAND, p.r.random() * .7) if i % 7 != 5 else "#33486a", 5)
    for i in range(11):
        p.rect(660 + i * 46, 508, 28, 26, mix(OCHRE, CREAM, p.r.random() * .5) if i % 6 != 4 else "#33486a", 4)
    p.line([(556, 556), (1392, 556)], 5, "#22385a")
    p.line([(612, 486), (1212, 486)], 5, "#22385a")
    funnel = skia.Path()
    funnel.addPoly([skia.Point(*q) for q in ((976, 486), (988, 366), (1092, 366), (1112, 486))], True)
    p.shaded(funnel, (976, 0), (1112, 0), [RED, "#8f2e20"])
    p.poly([(983, 416), (1101, 416), (1105, 444), (980, 444)], CREAM)
    p.poly([(988, 366), (1092, 366), (1095, 386), (986, 386)], INK)
    p.line([(760, 414), (772, 268)], 7, "#22385a")
    p.line([(724, 330), (812, 330)], 4, "#22385a")
    p.disc(771, 262, 7, CREAM)
    p.glow(771, 262, 150, SAND, .5)
    for x in (1236, 1310):
        p.blob([(x, 530), (x + 58, 530), (x + 48, 552), (x + 10, 552)], RED)
        p.line([(x + 6, 556), (x + 6, 516)], 3, INK)
    p.line([(760, 300), (400, 636)], 2, INK, alpha=.7)
    p.line([(766, 290), (1384, 620)], 2, INK, alpha=.6)
    p.glow(960, 590, 520, OCHRE, .2)
    # The quay, a bollard, a woman with a lamp, a cat.
    p.poly([(0, 800), (330, 812), (372, 842), (372, H), (0, H)], "#0d1525")
    p.poly([(0, 800), (330, 812), (372, 842), (0, 832)], "#2b3a52")
    p.rect(284, 776, 34, 44, "#0d1525", 8)
    p.rect(276, 768, 50, 16, "#0d1525", 8)
    p.stroke([(300, 786), (360, 800), (420, 740), (452, 690)], 4, "#0d1525")
    person(p, 168, 820, 128, "#0d1525")
    p.disc(216, 776, 8, CREAM)
    p.line([(190, 754), (214, 768)], 8, "#0d1525")
    p.glow(216, 776, 190, OCHRE, .8)


def person(p, x, y, s, fill, turn=1):
    """A standing figure in a coat, feet at (x, y), s tall."""
    p.disc(x + turn * .02 * s, y - .9 * s, .085 * s, fill)
    p.blob([(x - .1 * s, y - .8 * s), (x, y - .83 * s), (x + .11 * s, y - .79 * s), (x + .15 * s, y - .5 * s), (x + .17 * s, y - .27 * s), (x, y - .24 * s), (x - .18 * s, y - .27 * s), (x - .15 * s, y - .52 * s)], fill)
    p.poly([(x - .11 * s, y - .3 * s), (x - .02 * s, y - .3 * s), (x - .03 * s, y), (x - .11 * s, y)], fill)
    p.poly([(x + .02 * s, y - .3 * s), (x + .12 * s, y - .3 * s), (x + .13 * s, y), (x + .05 * s, y)], fill)
    p.blob([(x - .1 * s, y - .93 * s), (x - .07 * s, y - 1.0 * s), (x + .03 * s, y - 1.02 * s), (x + .1 * s, y - .95 * s)], fill)


def duet(p):
    p.sky([(0, "#241426"), (.7, PLUM), (1, "#2a1828")])
    for x in range(-40, W + 60, 74):
        fold = skia.Path()
        fold.addRect(skia.Rect.MakeLTRB(x, 0, x + 74, 846))
        p.shaded(fold, (x, 0), (x + 74, 0), ["#1d1020", "#5a3046", "#1d1020"], [.75, .5, .75])
    floor = skia.Path()
    floor.addRect(skia.Rect.MakeLTRB(0, 838, W, H))
    p.shaded(floor, (0, 838), (0, H), ["#3a2233", "#160d18"])
    for y in range(846, H, 26):
        p.line([(0, y), (W, y)], 1, INK, alpha=.25)
    for cx, light, lean in ((470, OCHRE, -40), (1130, SEA, 40)):
        cone = skia.Path()
        cone.addPoly([skia.Point(*q) for q in ((cx + lean * 3 - 26, -20), (cx + lean * 3 + 26, -20), (cx + 330, 900), (cx - 330, 900))], True)
        p.shaded(cone, (cx, 0), (cx, 900), [mix(light, CREAM, .6), light, light], [.75, .38, .2])
        p.disc(cx, 900, 330, mix(light, CREAM, .35), 74, alpha=.62)
        p.disc(cx, 900, 380, light, 96, alpha=.2, blur=16)
    ink = "#140b17"
    # The singer, facing away to the left.
    x = 470
    p.disc(x, 916, 130, ink, 18, alpha=.5, blur=8)
    p.blob([(x - 40, 470), (x + 6, 452), (x + 50, 472), (x + 66, 580), (x + 56, 660), (x + 118, 900), (x + 30, 912), (x - 60, 908), (x - 96, 896), (x - 36, 660), (x - 50, 570)], ink)
    p.rect(x - 16, 412, 34, 60, ink, 14)
    p.blob([(x - 46, 382), (x - 34, 336), (x + 10, 320), (x + 48, 346), (x + 52, 394), (x + 26, 430), (x - 14, 434), (x - 40, 414), (x - 54, 398)], ink)
    p.blob([(x + 8, 318), (x + 60, 330), (x + 78, 390), (x + 62, 432), (x + 30, 420), (x + 20, 360)], ink)
    p.disc(x + 58, 336, 34, ink)
    p.stroke([(x - 30, 496), (x - 96, 560), (x - 108, 494)], 28, ink)
    p.stroke([(x + 44, 500), (x + 92, 590), (x + 62, 672)], 26, ink)
    p.line([(x - 116, 908), (x - 116, 440)], 7, ink)
    p.line([(x - 116, 440), (x - 96, 414)], 7, ink)
    p.disc(x - 90, 408, 17, ink)
    p.line([(x - 170, 914), (x - 116, 884), (x - 62, 914)], 7, ink)
    # The pianist, facing away to the right.
    x = 1130
    p.disc(x + 60, 916, 260, ink, 20, alpha=.5, blur=8)
    piano = skia.Path()
    piano.addPoly([skia.Point(*q) for q in ((x + 120, 560), (x + 330, 560), (x + 330, 910), (x + 150, 910), (x + 150, 720), (x + 84, 720), (x + 84, 690), (x + 120, 684))], True)
    p.path(piano, ink)
    p.rect(x + 112, 548, 228, 16, ink, 4)
    p.rect(x + 90, 720, 12, 190, ink)
    p.line([(x + 92, 686), (x + 146, 686)], 6, CREAM, alpha=.85)
    p.rect(x - 120, 742, 150, 22, ink, 6)
    p.line([(x - 100, 760), (x - 112, 910)], 10, ink)
    p.line([(x + 10, 760), (x + 22, 910)], 10, ink)
    p.blob([(x - 84, 744), (x - 92, 640), (x - 72, 540), (x - 30, 500), (x + 16, 520), (x + 26, 600), (x + 14, 690), (x + 20, 750)], ink)
    p.rect(x - 30, 452, 34, 60, ink, 14)
    p.blob([(x - 56, 408), (x - 42, 366), (x, 352), (x + 38, 374), (x + 42, 402), (x + 52, 424), (x + 38, 436), (x + 32, 462), (x - 10, 472), (x - 46, 450)], ink)
    p.stroke([(x - 2, 556), (x + 26, 650), (x + 100, 672)], 28, ink)
    p.stroke([(x - 20, 740), (x + 70, 760), (x + 84, 890)], 38, ink)
    p.stroke([(x + 80, 896), (x + 126, 900)], 22, ink)
    for k in range(5):
        pts = [(620 + i * 20, 372 + k * 15 + 34 * math.sin(i / 3.1 + .3) * (1 - i / 24)) for i in range(22)]
        p.stroke(pts, 2, CREAM, alpha=.5 - .05 * k)
    for i, k in ((3, 2), (7, 4), (10, 1), (14, 3), (18, 2)):
        nx, ny = 620 + i * 20, 372 + k * 15 + 34 * math.sin(i / 3.1 + .3) * (1 - i / 24)
        p.disc(nx, ny, 10, CREAM, 8, alpha=.9)
        p.line([(nx + 9, ny), (nx + 9, ny - 46)], 3, CREAM, alpha=.9)


def piano(p):
    p.sky([(0, "#20345a"), (.5, "#5b7592"), (.85, "#d7b9a0"), (1, CREAM)], 0, 700)
    p.disc(1040, 400, 258, CREAM)
    p.glow(1040, 400, 620, CREAM, .35)
    for x, y, r in ((950, 330, 46), (1100, 300, 30), (1010, 480, 62), (1130, 450, 40), (930, 440, 22)):
        p.disc(x, y, r, SAND, r * .8, alpha=.4, blur=4)
    p.clouds(560, 40, 9, ROSE, .5)
    p.sky([(0, "#cbb6a6"), (.2, "#6d8399"), (1, "#172845")], 700, H)
    p.glitter(1040, 704, 1050, 230, CREAM, .8, 130)
    p.ripples(704, H, 160, NIGHT, .4)
    deck = "#141c30"
    p.poly([(-10, 800), (1190, 760), (1190, 782), (-10, 850)], deck)
    p.poly([(-10, 800), (1190, 760), (1190, 764), (-10, 808)], "#7f8ba0")
    for i in range(9):
        x = 1170 - i * 150 - i * i * 4
        p.line([(x, 770 + i * 5), (x + 2, H)], 16 + i * 1.4, deck)
        p.line([(x, 860 + i * 8), (x - 146 - i * 8, 960 + i * 9)], 6, deck, alpha=.8)
    p.stroke([(1166, 790), (1168, 900), (1170, 1040)], 3, ROSE, alpha=.4)
    x, y = 900, 772
    p.rect(x, y - 236, 246, 18, deck, 5)
    p.rect(x + 8, y - 222, 230, 222, deck, 3)
    p.poly([(x + 8, y - 118), (x - 58, y - 112), (x - 58, y - 92), (x + 8, y - 86)], deck)
    p.line([(x - 56, y - 114), (x + 6, y - 120)], 5, CREAM)
    p.line([(x - 46, y - 92), (x - 46, y)], 12, deck)
    p.poly([(x - 2, y - 132), (x + 8, y - 132), (x - 14, y - 194), (x - 24, y - 190)], CREAM, alpha=.92)
    p.rect(x - 170, y - 70, 88, 14, deck, 4)
    p.line([(x - 158, y - 60), (x - 166, y + 4)], 8, deck)
    p.line([(x - 94, y - 60), (x - 88, y + 2)], 8, deck)
    p.rect(x + 150, y - 268, 26, 32, deck, 3)
    p.glow(x + 163, y - 282, 90, OCHRE, .9)
    p.blob([(x + 163, y - 304), (x + 171, y - 284), (x + 163, y - 268), (x + 155, y - 284)], SAND)
    for x, y, s in ((420, 300, 15), (470, 270, 12), (380, 250, 9), (620, 420, 9)):
        p.bird(x, y, s, deck, .5, -8)


def oysters(p):
    p.sky([(0, "#7fa3a5"), (.55, "#cfd6c4"), (1, CREAM)], 0, 396)
    p.clouds(180, 70, 18, CREAM, .6)
    p.ridge(372, 22, "#7d9a98", "#a9bdb2", 40)
    p.sky([(0, "#d9d8c4"), (.25, "#a9b5a6"), (.7, "#6d7b73"), (1, "#3f4c4c")], 392, H)
    p.sky([(0, CREAM), (1, "#a9c0bb")], 404, 436)
    p.ripples(396, 470, 60, CREAM, .7)
    for _ in range(70):
        y = 440 + (H - 440) * p.r.random() ** 1.3
        s, x = (y - 380) / 680, p.r.uniform(-100, W)
        w = 240 * s * p.r.uniform(.5, 1.6)
        p.blob([(x, y), (x + w * .4, y - 12 * s), (x + w, y - 2 * s), (x + w * .7, y + 12 * s), (x + w * .2, y + 9 * s)], p.r.choice([CREAM, "#bcd0c9", "#e6d9bd"]), alpha=.5)
    # Rows of racks run to a vanishing point.
    vx, vy = 1000, 396
    for row in (-1500, -950, -480, 480, 1000, 1600):
        for k in range(9):
            t0, t1 = .985 * .76 ** k, .985 * .76 ** (k + .62)
            at = lambda off, t, up=0: (vx + off * t, vy + 690 * t - up * t)
            a, b, c, d = at(row - 105, t0), at(row + 105, t0), at(row + 105, t1), at(row - 105, t1)
            p.poly([a, b, c, d], INK, alpha=.3)
            for off, t in ((row - 105, t0), (row + 105, t0), (row - 105, t1), (row + 105, t1)):
                p.line([at(off, t), at(off, t, 92)], 10 * t + .8, "#22303a")
            a, b, c, d = at(row - 112, t0, 88), at(row + 112, t0, 88), at(row + 112, t1, 88), at(row - 112, t1, 88)
            p.poly([a, b, c, d], mix("#26343c", "#8f9f99", min(1, k / 12)))
            if k < 9:
                for i in range(22):
                    u, v = p.r.random(), p.r.random()
                    t = t0 + (t1 - t0) * v
                    x, y = at(row - 100 + 200 * u, t, 92)
                    p.disc(x, y, 19 * t + .6, mix(p.r.choice([CREAM, MIST, "#8a8f86", "#b9a98c"]), "#9fb0a8", k / 14), 12 * t + .5)
            p.line([a, b], 6 * t0 + .6, "#1a262e")
    person(p, 770, 700, 250, "#1c2730")
    p.poly([(728, 700), (740, 560), (800, 560), (822, 700)], "#33474b")
    p.disc(771, 455, 19, "#8a5a42")
    p.blob([(748, 448), (758, 428), (784, 428), (796, 448), (772, 450)], "#22303a")
    p.blob([(742, 480), (772, 468), (802, 480), (812, 540), (806, 580), (740, 580), (734, 540)], RED)
    p.stroke([(800, 500), (836, 548), (868, 580)], 22, RED)
    p.stroke([(744, 500), (716, 560), (726, 612)], 20, RED)
    p.rect(704, 600, 46, 46, "#22303a", 5)
    p.disc(774, 702, 110, INK, 10, alpha=.25, blur=6)
    p.glitter(772, 712, 900, 46, RED, .35, 20)
    for x, y, s in ((300, 150, 12), (350, 130, 9), (1320, 210, 10)):
        p.bird(x, y, s, "#33474b", .5, 5)


def swimmers(p):
    p.sky([(0, "#c7b8a6"), (.6, "#eddcc0"), (1, "#f3e3c4")], 0, 330)
    p.disc(1130, 190, 74, "#fbf1da")
    p.glow(1130, 190, 380, CREAM, .7)
    p.ridge(322, 26, "#9fada6", "#c9ccba", 30)
    p.sky([(0, "#b9cbb9"), (.18, "#6fa39a"), (.6, "#2e6d70"), (1, "#123c4a")], 326, H)
    p.glitter(1130, 332, 700, 150, CREAM, .8, 90)
    for k in range(11):
        y = 372 + 62 * k + 3.2 * k * k
        line = p.profile(y, 7 + 4.2 * k, 5, 10)
        path = skia.Path()
        path.addPoly([skia.Point(*q) for q in line] + [skia.Point(W + 20, y + 60 + 12 * k), skia.Point(-20, y + 60 + 12 * k)], True)
        p.shaded(path, (0, y - 14 - 5 * k), (0, y + 46 + 9 * k), [MIST, "#3d807f"], [.5 - .018 * k, 0])
        for q in line[::3]:
            if p.r.random() < .3:
                p.line([q, (q[0] + 12 + 5 * k, q[1] + 1)], 1.5 + .3 * k, CREAM, alpha=.6)
    spots = [(250, 868, 1.75), (520, 800, 1.45), (735, 744, 1.2), (905, 900, 1.7), (930, 690, 1.02), (1080, 650, .88), (1200, 760, 1.2), (1205, 612, .76), (1310, 580, .66), (1392, 552, .57), (1462, 530, .5), (640, 640, .85), (1180, 960, 1.9)]
    for x, y, s in spots:
        p.disc(x, y + 16 * s, 84 * s, INK, 15 * s, alpha=.3, blur=5)
        for r in (62, 92, 128):
            p.disc(x, y + 16 * s, r * s, MIST, r * .2 * s, alpha=.45 - r / 500, width=2.4 * s)
        p.blob([(x - 56 * s, y + 18 * s), (x - 30 * s, y + 2 * s), (x + 30 * s, y + 2 * s), (x + 56 * s, y + 18 * s), (x, y + 26 * s)], mix(ROSE, "#8d5a44", p.r.random()))
        skin = p.r.choice(["#e3ae8b", "#c98d67", "#8a5a42", "#f0c4a4"])
        p.disc(x, y - 20 * s, 21 * s, skin, 27 * s)
        hat = skia.Path()
        hat.moveTo(x - 27 * s, y - 16 * s)
        hat.cubicTo(x - 34 * s, y - 92 * s, x + 34 * s, y - 92 * s, x + 27 * s, y - 16 * s)
        hat.close()
        p.shaded(hat, (x - 28 * s, 0), (x + 28 * s, 0), ["#e2583a", "#a8321c"])
        p.rect(x - 29 * s, y - 28 * s, 58 * s, 15 * s, "#b53a22", 7 * s)
        p.disc(x, y - 76 * s, 10 * s, CREAM)
        p.line([(x - 52 * s, y + 20 * s), (x + 52 * s, y + 20 * s)], 7 * s, "#3f8583", alpha=.9)
        p.glitter(x, y + 26 * s, y + 84 * s, 26 * s, RED, .55, 9)


def pilot(p):
    p.sky([(0, "#3f6480"), (.5, "#d9a98a"), (.8, "#efc690"), (1, CREAM)], 0, 620)
    p.clouds(330, 80, 20, CREAM, .4)
    p.disc(330, 520, 58, CREAM)
    p.glow(330, 520, 420, SAND, .7)
    p.ridge(606, 26, "#8b8790", "#c5a58d", 40)
    p.ridge(620, 10, "#5d6a78", "#92847f", 30)
    p.sky([(0, "#e2bd92"), (.25, "#a88f87"), (1, "#2c4a60")], 626, H)
    p.glitter(330, 630, 1000, 150, CREAM, .85, 120)
    p.ripples(634, H, 120, NIGHT, .35)
    # A buoy, leaning with the tide.
    p.poly([(566, 742), (650, 742), (632, 764), (584, 764)], RED)
    p.poly([(584, 742), (606, 628), (616, 628), (634, 742)], RED)
    p.line([(592, 700), (626, 700)], 4, INK)
    p.rect(602, 606, 18, 22, INK, 3)
    p.glow(611, 612, 60, CREAM, .8)
    p.glitter(608, 770, 860, 36, RED, .6, 22)
    # The wheelhouse around us.
    wall, edge = "#121b2c", "#2c3a52"
    p.poly([(0, 0), (W, 0), (W, 120), (0, 96)], wall)
    p.poly([(0, 96), (W, 120), (W, 128), (0, 104)], edge)
    p.poly([(0, 868), (W, 850), (W, H), (0, H)], wall)
    p.poly([(0, 868), (W, 850), (W, 866), (0, 886)], edge)
    p.poly([(0, 0), (56, 0), (40, H), (0, H)], wall)
    p.poly([(770, 96), (806, 98), (800, 880), (758, 880)], wall)
    p.line([(806, 104), (800, 868)], 4, edge)
    p.poly([(1530, 0), (W, 0), (W, H), (1545, H)], wall)
    p.line([(330, 846), (560, 420)], 6, INK, alpha=.7)
    for x, y, r in ((150, 962, 44), (280, 966, 34)):
        p.disc(x, y, r, "#0a1120")
        p.disc(x, y, r - 6, "#24503f", alpha=.8)
        p.line([(x, y), (x + r * .6, y - r * .4)], 3, MIST)
    p.glow(150, 962, 120, SEA, .35)
    # Ottoline Brask, in profile, looking at the water.
    coat = skia.Path()
    coat.addPath(curve([(820, 1090), (870, 880), (930, 780), (1010, 726), (1120, 700), (1240, 716), (1360, 780), (1440, 900), (1480, 1090)], False))
    coat.close()
    p.shaded(coat, (820, 0), (1480, 0), ["#d89a35", "#8d5a1d", "#4a2f16"])
    p.stroke([(1010, 740), (1000, 860), (1020, 1090)], 5, "#5d3b14")
    skin = skia.Path()
    skin.moveTo(1034, 392)
    for q in ((1022, 430, 1016, 448, 1014, 462), (1000, 484, 974, 508, 972, 520), (974, 532, 1000, 530, 1004, 536), (1008, 546, 994, 556, 996, 566), (1002, 574, 1006, 578, 1002, 586), (998, 600, 1002, 612, 1012, 626),
              (1024, 644, 1070, 640, 1092, 638), (1096, 670, 1094, 700, 1080, 730), (1120, 780, 1220, 770, 1246, 716), (1226, 660, 1236, 560, 1256, 470), (1250, 400, 1120, 370, 1034, 392)):
        skin.cubicTo(*q)
    p.shaded(skin, (970, 0), (1250, 0), ["#f2c39a", "#c0805a", "#5d3a34"])
    p.blob([(1150, 500), (1172, 486), (1190, 504), (1180, 540), (1160, 552), (1150, 530)], "#a5694a")
    p.stroke([(1036, 478), (1054, 470), (1076, 474)], 6, "#4a2c24")
    p.stroke([(1042, 500), (1056, 494), (1070, 500)], 5, "#2a1a1a")
    p.stroke([(1000, 566), (1016, 568), (1026, 562)], 3, "#8d4a3a")
    p.blob([(1126, 440), (1200, 440), (1256, 450), (1262, 540), (1240, 610), (1206, 600), (1198, 540), (1190, 480), (1150, 474)], "#8e8a84")
    p.stroke([(1210, 470), (1236, 540), (1226, 596)], 3, "#c9c4b8")
    hat = skia.Path()
    hat.moveTo(1006, 420)
    hat.cubicTo(1010, 290, 1100, 236, 1180, 256)
    hat.cubicTo(1260, 276, 1290, 360, 1284, 452)
    hat.cubicTo(1200, 420, 1100, 404, 1006, 420)
    p.shaded(hat, (1006, 0), (1284, 0), ["#d4553a", "#9c2f1c", "#581d17"])
    p.blob([(1000, 396), (1090, 382), (1200, 396), (1290, 430), (1290, 476), (1200, 446), (1090, 430), (1002, 440)], "#7d2618")
    for i in range(12):
        p.line([(1016 + i * 23, 398 + i * i * .28), (1014 + i * 23, 430 + i * i * .3)], 3, "#581d17")
    p.blob([(1040, 700), (1100, 656), (1200, 664), (1280, 700), (1262, 772), (1160, 800), (1060, 772)], "#274a63")
    p.stroke([(1056, 724), (1140, 760), (1262, 726)], 5, "#16304a")
    p.glow(990, 500, 260, SAND, .28)


if __name__ == "__main__":
    from draw_more import MORE
    drawings = {f.__name__: f for f in (ferry, duet, piano, oysters, swimmers, pilot)} | MORE
    for name in sys.argv[1:] or drawings:
        drawing = drawings[name]
        picture = Picture(name, *getattr(drawing, "size", (W, H)))
        drawing(picture)
        picture.save(HERE / "pictures" / f"{name}.jpg")
        print(name, (HERE / "pictures" / f"{name}.jpg").stat().st_size // 1000, "kB")
