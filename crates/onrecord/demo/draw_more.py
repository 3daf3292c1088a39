"""The demo's landscapes and streets; see draw.py."""
import math
import skia
from draw_kit import CREAM, H, INK, MIST, OCHRE, RED, ROSE, SAND, SEA, TEAL, W, curve, mix
from draw_near import NEAR


def lighthouse(p):
    p.sky([(0, "#0c1630"), (.45, "#1f3a60"), (.75, "#56708a"), (.92, "#c69a86"), (1, SAND)], 0, 800)
    p.stars(170, 560)
    p.clouds(640, 50, 14, ROSE, .35)
    p.ridge(770, 40, "#4d6179", "#8c8590", 60)
    p.sky([(0, "#8d8690"), (.2, "#3f5a76"), (1, "#0b152a")], 790, H)
    p.ripples(796, H, 220, CREAM, .25)
    x, y = 1010, 262
    for a, spread, length in ((188, 7.5, 1500), (-8, 7.5, 900)):
        beam = skia.Path()
        left, right = math.radians(a - spread), math.radians(a + spread)
        beam.addPoly([skia.Point(x, y), skia.Point(x + length * math.cos(left), y + length * math.sin(left)), skia.Point(x + length * math.cos(right), y + length * math.sin(right))], True)
        end = (x + length * math.cos(math.radians(a)), y + length * math.sin(math.radians(a)))
        p.shaded(beam, (x, y), end, [CREAM, SAND, SAND], [.85, .3, 0])
    # The Bailiffs, disappearing.
    for bx, w, h in ((130, 90, 34), (250, 60, 22), (330, 40, 12)):
        p.blob([(bx - w, 884), (bx - w * .4, 884 - h), (bx, 880 - h * 1.3), (bx + w * .5, 886 - h * .6), (bx + w, 886), (bx, 894)], "#24364f")
        p.line([(bx - w * 1.2, 892), (bx + w * 1.2, 892)], 3, CREAM, alpha=.5)
    head = curve([(560, 1100), (600, 1000), (700, 940), (760, 860), (860, 800), (930, 770), (1080, 762), (1200, 780), (1330, 740), (1460, 690), (1640, 640), (1700, 1100)])
    p.shaded(head, (0, 640), (0, H), ["#22324a", "#0a1222"])
    p.stroke([(700, 940), (760, 860), (860, 800), (930, 770), (1080, 762)], 3, SAND, alpha=.5)
    tower = skia.Path()
    tower.addPoly([skia.Point(*q) for q in ((966, 772), (984, 316), (1036, 316), (1056, 772))], True)
    p.shaded(tower, (966, 0), (1056, 0), [CREAM, "#c8bfae", "#6f7686"])
    for y0 in (420, 600):
        t0, t1 = (y0 - 316) / 456, (y0 + 76 - 316) / 456
        band = skia.Path()
        band.addPoly([skia.Point(*q) for q in ((984 - 18 * t0, y0), (1036 + 20 * t0, y0), (1036 + 20 * t1, y0 + 76), (984 - 18 * t1, y0 + 76))], True)
        p.shaded(band, (966, 0), (1056, 0), [RED, "#9a301f", "#561d1a"])
    for wy in (370, 540, 700):
        p.rect(1004, wy, 13, 24, OCHRE if wy == 540 else INK, 6)
    p.rect(966, 304, 88, 14, INK, 3)
    for gx in range(970, 1054, 12):
        p.line([(gx, 304), (gx, 286)], 2, INK)
    p.line([(966, 286), (1054, 286)], 3, INK)
    p.rect(986, 226, 48, 78, "#fbe3a4")
    for gx in (986, 1002, 1018, 1034):
        p.line([(gx, 226), (gx, 304)], 3, INK)
    p.blob([(978, 228), (990, 204), (1010, 194), (1030, 204), (1042, 228)], INK)
    p.line([(1010, 196), (1010, 172)], 4, INK)
    p.glow(x, y, 420, SAND, .85)
    p.disc(x, y, 20, CREAM)
    p.poly([(1086, 776), (1086, 722), (1130, 694), (1216, 694), (1254, 722), (1254, 780)], "#131d31")
    p.poly([(1074, 724), (1126, 686), (1220, 686), (1266, 724)], "#0b1222")
    p.rect(1120, 732, 22, 22, OCHRE, 2)
    p.glow(1131, 744, 80, OCHRE, .6)
    p.rect(1200, 660, 16, 36, "#0b1222")
    p.glitter(1010, 850, 1060, 70, SAND, .25, 30)


def stair(p):
    p.sky([(0, "#141024"), (1, "#1d1530")])
    cx, cy, turns, n = 800, 533, 5.2, 164
    for i in range(n):
        t = i / n
        r0 = 1010 * (1 - t) ** 1.55 + 74
        r1 = r0 * .52
        a0, a1 = turns * 2 * math.pi * t, turns * 2 * math.pi * (t + 1.06 / n)
        warm = mix("#1a1a36", "#7a3526", min(1, t * 1.15))
        warm = mix(warm, OCHRE, max(0, t - .45) * 1.5)
        light = .5 + .5 * math.sin(a0 + .9)
        tread = mix(warm, mix(CREAM, OCHRE, t), .06 + .22 * light)
        pt = lambda r, a: (cx + r * math.cos(a), cy + r * .96 * math.sin(a))
        p.poly([pt(r0, a0), pt(r0, a1), pt(r1, a1), pt(r1, a0)], tread)
        p.line([pt(r1, a0), pt(r0, a0)], 5 * (1 - t) + 1, mix(tread, INK, .6))
        p.line([pt(r0 * .74, a0 + .004), pt(r0 * .9, a0 + .004)], 3 * (1 - t) + .6, mix(tread, CREAM, .55), alpha=.7)
        p.disc(*pt(r1 * 1.02, (a0 + a1) / 2), 5 * (1 - t) + 1.2, mix(SAND, OCHRE, t), alpha=.9)
    rail = [(cx + (1010 * (1 - t) ** 1.55 + 74) * .5 * math.cos(turns * 2 * math.pi * t), cy + (1010 * (1 - t) ** 1.55 + 74) * .48 * math.sin(turns * 2 * math.pi * t)) for t in (i / 400 for i in range(401))]
    p.stroke(rail, 7, "#2b1a26")
    p.stroke([(x - 2, y - 2) for x, y in rail], 2, SAND, alpha=.8)
    p.disc(cx, cy, 46, SAND)
    p.disc(cx, cy, 24, CREAM)
    p.glow(cx, cy, 520, OCHRE, .75)
    p.glow(cx, cy, 180, CREAM, .8)
    # An egg, carried down.
    p.disc(548, 850, 20, CREAM, 26)
    p.disc(552, 856, 14, ROSE, 16, alpha=.4, blur=6)


def headland(p):
    p.sky([(0, "#8fb0b3"), (.35, "#d8cdb6"), (.6, "#f2d9b0"), (1, CREAM)], 0, 760)
    p.disc(420, 372, 66, "#fdf3dc")
    p.glow(420, 372, 460, CREAM, .8)
    p.clouds(220, 60, 10, CREAM, .6)
    far = curve([(640, 560), (760, 500), (900, 470), (1000, 452), (1100, 462), (1200, 496), (1400, 540), (1700, 560), (1700, 1100), (640, 1100)])
    p.shaded(far, (0, 450), (0, 660), ["#a5b4ae", "#ead9b9"])
    p.poly([(1008, 456), (1013, 396), (1023, 396), (1028, 457)], "#fbf4e3")
    p.poly([(1010, 432), (1011, 416), (1025, 416), (1026, 432)], RED)
    p.rect(1011, 384, 14, 13, INK)
    p.disc(1018, 390, 4, "#fff6d8")
    p.glow(1018, 390, 130, CREAM, .95)
    tops = ["#94aaa4", "#7a9894", "#5d8484", "#456f74", "#2c5661", "#1b4150"]
    for i, top in enumerate(tops):
        y = 590 + 66 * i
        line = p.ridge(y, 44 + 7 * i, top, mix(top, CREAM, .66 - .1 * i), 130 + 30 * i)
        if i in (2, 3, 4):
            for q in line[::1]:
                if p.r.random() < .22:
                    s = 3 + 4.2 * i * p.r.uniform(.5, 1)
                    p.poly([(q[0] - s * .55, q[1] + 4), (q[0], q[1] - s * 2.1), (q[0] + s * .55, q[1] + 4)], top)
    field = curve([(-40, 1000), (300, 930), (700, 948), (1100, 985), (1700, 930), (1700, 1140), (-40, 1140)])
    p.shaded(field, (0, 930), (0, H), ["#12303c", "#0a1c27"])
    x, y = 560, 946
    ink = "#081821"
    p.blob([(x - 26, y - 118), (x, y - 126), (x + 27, y - 116), (x + 32, y - 60), (x + 30, y - 26), (x - 28, y - 26), (x - 32, y - 60)], ink)
    p.poly([(x - 22, y - 34), (x - 2, y - 34), (x - 4, y + 16), (x - 20, y + 16)], ink)
    p.poly([(x + 3, y - 34), (x + 24, y - 34), (x + 23, y + 16), (x + 7, y + 16)], ink)
    p.disc(x, y - 142, 17, ink, 20)
    p.blob([(x - 16, y - 178), (x + 16, y - 178), (x + 20, y - 148), (x, y - 140), (x - 20, y - 148)], RED)
    p.disc(x, y - 196, 14, ink, 16)
    p.stroke([(x - 12, y - 150), (x - 24, y - 128), (x - 20, y - 106)], 10, RED)
    p.stroke([(x + 14, y - 176), (x + 44, y - 190), (x + 66, y - 204)], 9, RED)
    for x, y, s in ((800, 250, 15), (850, 226, 12), (896, 262, 10)):
        p.bird(x, y, s, "#456f74", .5, -6)


def saltmarsh(p):
    p.sky([(0, "#4d7f8c"), (.5, "#b9c9b9"), (.82, "#f0d9ab"), (1, CREAM)], 0, 420)
    p.clouds(200, 70, 18, CREAM, .55)
    for x0, w, h in ((300, 480, 46), (960, 330, 30)):
        isle = curve([(x0, 414), (x0 + w * .2, 414 - h * .5), (x0 + w * .45, 414 - h), (x0 + w * .7, 414 - h * .6), (x0 + w, 414)])
        p.shaded(isle, (0, 360), (0, 416), ["#587b82", "#9db0a2"])
    p.sky([(0, "#f0dfb8"), (1, "#9fbdb4")], 412, 490)
    p.ripples(416, 480, 60, CREAM, .7)
    p.sky([(0, "#8e9a6b"), (.3, "#a3924f"), (.65, "#7a6a3a"), (1, "#33402f")], 470, H)
    for i in range(240):
        y = 476 + (H - 476) * p.r.random() ** 1.2
        t = (y - 470) / 600
        x, w = p.r.uniform(-100, W), 260 * (t + .06) * p.r.uniform(.5, 1.5)
        p.blob([(x, y), (x + w * .4, y - 20 * t - 2), (x + w, y), (x + w * .6, y + 16 * t + 2)], p.r.choice(["#c49a4b", "#5f7a4e", "#8f5f3c", "#3f5f4c", "#d9b565", "#7f4a3a"]), alpha=.5)
    # Creeks: each a ribbon along a meandering line, wider towards us.
    def creek(points, scale):
        dense = []
        measure = skia.PathMeasure(curve(points), False)
        for i in range(241):
            at, way = measure.getPosTan(measure.getLength() * i / 240)
            t = max(.015, (at.y() - 476) / 600)
            dense.append((at.x(), at.y(), way, scale * t ** 1.35 + 1.2))
        def side(k, grow):
            out = []
            for x, y, d, w in dense:
                half = w + min(grow, w * .4)
                out.append((x - k * half * d.y(), y + k * half * .42 * d.x()))
            return out
        for grow, fill, alpha in ((15, "#2c2a20", .75), (6, "#544a33", 1)):
            p.poly(side(1, grow) + side(-1, grow)[::-1], fill, alpha=alpha)
        path = skia.Path()
        path.addPoly([skia.Point(*q) for q in side(1, 0) + side(-1, 0)[::-1]], True)
        p.shaded(path, (0, 470), (0, H), ["#f6e6bf", "#c7d2bd", "#7fa9a5", "#3f7480"])
    creek([(980, 478), (900, 492), (990, 512), (1120, 530), (1000, 556), (700, 580), (560, 620), (800, 672), (1120, 720), (1080, 800), (700, 860), (520, 960), (640, 1100)], 120)
    creek([(1500, 500), (1420, 530), (1500, 570), (1380, 610), (1250, 650), (1160, 706)], 60)
    creek([(180, 520), (260, 560), (150, 610), (300, 690), (250, 760), (420, 830), (560, 905)], 60)
    for _ in range(520):
        y = 560 + (H - 560) * p.r.random() ** .7
        t, x = (y - 470) / 600, p.r.uniform(-20, W + 20)
        if abs(x - 700) < 330 * t and y > 830:
            continue
        p.line([(x, y), (x + p.r.gauss(4, 6) * t, y - 46 * t * p.r.uniform(.5, 1.2))], 1 + 2 * t, p.r.choice(["#2f3a28", "#d9b565", "#5f5a30", "#e6cb95"]), alpha=.55)
    for x, y, s in ((420, 250, 17), (470, 226, 14), (516, 258, 12), (570, 236, 11), (1240, 180, 10)):
        p.bird(x, y, s, "#28424c", .5, -5)


def geese(p):
    p.sky([(0, "#7a3b3a"), (.3, "#c2563a"), (.65, "#e89b5a"), (1, "#f6d79b")], 0, 720)
    p.disc(1060, 520, 190, "#f7e3b0")
    p.glow(1060, 520, 600, SAND, .5)
    p.clouds(560, 50, 16, "#b4503a", .4)
    p.clouds(240, 90, 10, "#8f3f3a", .35)
    p.ridge(704, 34, "#a4544a", "#d18c5e", 60)
    p.ridge(722, 16, "#71384a", "#a65c50", 50)
    p.sky([(0, "#f1c887"), (.2, "#c97f55"), (.6, "#7a3d48"), (1, "#2d1c34")], 728, H)
    p.glitter(1060, 732, 1060, 240, CREAM, .8, 130)
    for _ in range(26):
        y = 780 + 280 * p.r.random()
        t, x = (y - 720) / 340, p.r.uniform(-200, W)
        w = 560 * t * p.r.uniform(.4, 1.2) + 60
        p.blob([(x, y), (x + w * .4, y - 9 * t - 1), (x + w, y), (x + w * .6, y + 12 * t + 2), (x + w * .2, y + 9 * t)], "#2d1c34", alpha=.75)
    def skein(x, y, n, s, dx, dy, ink):
        for i in range(n):
            for side in ((1, -1) if i else (1,)):
                if side < 0 and i > n * .55:
                    continue
                k = 1 - .012 * i
                bx, by = x - i * dx + p.r.gauss(0, s * .22), y + side * i * dy - (i * 4 if side > 0 else 0) + p.r.gauss(0, s * .22)
                p.bird(bx, by, s * k, ink, p.r.uniform(.25, .75) * p.r.choice([1, 1, -1]), p.r.gauss(-4, 5))
    skein(1230, 250, 17, 25, 58, 21, "#2d1726")
    skein(760, 480, 15, 15, 36, 12, "#4a2230")
    skein(1420, 540, 11, 11, 26, 9, "#5a2a34")
    skein(520, 170, 12, 12, 30, 11, "#5a2a34")
    skein(1500, 130, 9, 9, 22, 8, "#71383c")
    for _ in range(46):
        x, y = p.r.uniform(0, W), 726 + p.r.random() ** 2 * 190
        s = 4 + (y - 726) * .07
        k = p.r.choice([1, -1]) * s
        p.blob([(x - 1.5 * k, y - .25 * s), (x - .4 * k, y - .5 * s), (x + .6 * k, y - .4 * s), (x + .8 * k, y), (x, y + .35 * s), (x - .9 * k, y + .15 * s)], "#2d1726")
        p.stroke([(x + .6 * k, y - .1 * s), (x + .95 * k, y - .7 * s), (x + .8 * k, y - 1.3 * s), (x + 1.2 * k, y - 1.5 * s)], s * .26, "#2d1726")


def tide(p):
    p.sky([(0, "#0a1226"), (1, "#23375a")], 0, 700)
    p.stars(80, 330)
    p.disc(330, 150, 48, CREAM)
    p.disc(350, 140, 44, "#111d38")
    horizon, houses, x = 716, [], -30
    while x < W:
        w = p.r.choice([128, 150, 176])
        houses.append((x, w, p.r.choice([330, 370, 410, 300]), p.r.choice(["#31466b", "#43395a", "#2a5260", "#5a3c48", "#384f66"]), p.r.random()))
        x += w
    def row(flip):
        f = (lambda y: 2 * horizon - y) if flip else (lambda y: y)
        box = lambda x, y, w, h, fill, **k: p.poly([(x, f(y)), (x + w, f(y)), (x + w, f(y + h)), (x, f(y + h))], fill, **k)
        for n, (x, w, h, wall, dice) in enumerate(houses):
            y = horizon - h
            box(x, y, w, h, mix(wall, INK, .3) if flip else mix(wall, MIST, .12))
            box(x + w - 10, y, 10, h, INK, alpha=.25)
            if n % 3 == 1:
                p.poly([(x - 4, f(y)), (x + w / 2, f(y - 88)), (x + w + 4, f(y))], mix(wall, INK, .55))
            else:
                p.poly([(x - 4, f(y)), (x + 10, f(y - 54)), (x + w - 10, f(y - 54)), (x + w + 4, f(y))], mix(wall, INK, .55))
            box(x + w * .68, y - 110, 26, 80, mix(wall, INK, .62))
            for fl, wy in enumerate((y + 36, y + 130)):
                for k in (.16, .58):
                    lit = (dice * 7 + fl * 1.7 + k * 5) % 1.3 < .9
                    box(x + w * k, wy, w * .25, 62, mix(OCHRE, SAND, dice) if lit else "#141e36")
                    box(x + w * k + w * .115, wy, 4, 62, mix(wall, INK, .5))
                    box(x + w * k, wy + 29, w * .25, 4, mix(wall, INK, .5))
                    if lit and not flip:
                        p.glow(x + w * (k + .12), wy + 30, 130, OCHRE, .34)
            box(x + w * .4, horizon - 92, w * .24, 92, mix(RED, INK, .55) if n % 2 else "#173740")
            box(x + w * .4 + 6, horizon - 86, w * .24 - 12, 20, SAND if dice > .5 else "#141e36")
            if n == 5:
                box(x + w * .4, horizon - 92, w * .24, 92, SAND)
        for lx in (250, 820, 1390):
            box(lx, 470, 8, 250, INK)
            box(lx - 14, 440, 36, 34, "#fbe3a4")
    row(False)
    p.sky([(0, "#10192f"), (1, "#0a1226")], horizon, H)
    p.c.save()
    p.c.clipRect(skia.Rect.MakeLTRB(0, horizon, W, H))
    p.c.saveLayerAlpha(None, 190)
    row(True)
    p.c.restore()
    p.ripples(horizon + 4, H, 330, "#0e1830", .8)
    p.ripples(horizon + 4, H, 120, "#4f6a90", .4)
    for n, (x, w, h, wall, dice) in enumerate(houses):
        for k in (.28, .7):
            if (dice * 7 + k * 4) % 1.3 < .9:
                p.glitter(x + w * k, horizon + 8, H - 60, 22, mix(OCHRE, SAND, dice), .6, 26)
    for lx in (254, 824, 1394):
        p.glow(lx, 456, 280, SAND, .65)
        p.glitter(lx, horizon + 6, H, 44, SAND, .85, 60)
    p.c.restore()
    # The mermaid leaves.
    x, y = 1080, 912
    p.blob([(x - 130, y + 4), (x - 60, y - 20), (x + 20, y - 26), (x + 70, y - 12), (x + 60, y + 10), (x - 40, y + 18)], SEA)
    p.blob([(x - 120, y + 2), (x - 176, y - 34), (x - 160, y + 4), (x - 182, y + 30)], SEA)
    p.blob([(x + 40, y - 22), (x + 110, y - 30), (x + 120, y - 4), (x + 60, y + 10)], ROSE)
    p.disc(x + 142, y - 26, 24, ROSE)
    p.blob([(x + 120, y - 42), (x + 150, y - 58), (x + 184, y - 30), (x + 196, y + 8), (x + 164, y - 4), (x + 152, y - 36)], RED)
    p.line([(x - 210, y + 22), (x + 230, y + 22)], 5, "#0e1830")
    p.ripples(y + 18, y + 70, 26, CREAM, .5, x - 190, x + 200, .6)


def clock(p):
    p.sky([(0, "#2a5560"), (.5, "#88a89a"), (.85, "#efc98b"), (1, CREAM)])
    p.clouds(600, 160, 22, CREAM, .45)
    p.clouds(820, 80, 10, ROSE, .45)
    for i, (y, top) in enumerate(((940, "#7d9188"), (985, "#4f6f70"))):
        x = -20
        while x < W:
            w, h = p.r.randint(50, 120), p.r.randint(20, 110)
            p.rect(x, y - h, w + 2, H, top)
            p.poly([(x - 3, y - h), (x + w / 2, y - h - p.r.randint(20, 50)), (x + w + 3, y - h)], top)
            x += w
    stone, dark = "#c9a06a", "#5a3a34"
    body = skia.Path()
    body.addRect(skia.Rect.MakeLTRB(610, 236, 990, H))
    p.shaded(body, (610, 0), (990, 0), ["#e9c88e", stone, "#7d5644", dark])
    for y in range(300, H, 38):
        for x in range(610 + (y // 38 % 2) * 34, 990, 68):
            p.line([(x, y), (min(x + 40, 986), y)], 2, dark, alpha=.16)
    p.rect(590, 222, 420, 24, dark, 3)
    p.rect(590, 818, 420, 22, dark, 3)
    roof = skia.Path()
    roof.addPoly([skia.Point(*q) for q in ((600, 224), (720, 40), (880, 40), (1000, 224))], True)
    p.shaded(roof, (600, 0), (1000, 0), [TEAL, "#1d434c", INK])
    p.poly([(726, 40), (800, -60), (874, 40)], "#173740")
    for x in (690, 764, 838):
        p.rect(x, 890, 46, 130, "#2c2230", 22)
    cx, cy, r = 800, 528, 226
    p.disc(cx, cy, r + 26, dark)
    p.disc(cx, cy, r + 12, OCHRE)
    p.disc(cx, cy, r, CREAM)
    p.disc(cx + 20, cy + 24, r - 30, "#ffffff", alpha=.35, blur=30)
    for i in range(60):
        a = i * math.pi / 30
        k, wdt = (.82, 9) if i % 5 == 0 else (.91, 3)
        p.line([(cx + r * k * math.sin(a), cy - r * k * math.cos(a)), (cx + r * .95 * math.sin(a), cy - r * .95 * math.cos(a))], wdt, INK)
    for minutes, length, width in ((9 * 5 + 11 / 12, .5, 17), (11, .76, 11)):
        a = minutes * math.pi / 30
        p.line([(cx - 34 * math.sin(a), cy + 34 * math.cos(a)), (cx + r * length * math.sin(a), cy - r * length * math.cos(a))], width, INK)
    p.disc(cx, cy, 17, RED)
    a = 11 * math.pi / 30
    hx, hy = cx + r * .62 * math.sin(a), cy - r * .62 * math.cos(a)
    for i in range(420):
        d = abs(p.r.gauss(0, 1))
        b = p.r.uniform(0, 2 * math.pi)
        x, y = hx + (14 + 46 * d) * math.cos(b), hy + (12 + 44 * d) * math.sin(b)
        p.disc(x, y, 5.5, p.r.choice([INK, "#3a2416", OCHRE, "#8a5a1c"]), 4)
    for i in range(130):
        t = p.r.random() ** .8
        x, y = hx + 60 + t * 560 + p.r.gauss(0, 60), hy - 20 - 170 * math.sin(t * 2.6) + p.r.gauss(0, 50)
        s = 4 + 5 * t
        p.disc(x, y, s, "#c98a1e", s * .72)
        p.line([(x, y - s * .7), (x, y + s * .7)], s * .45, INK)
        p.disc(x - s * .3, y - s, s * .75, CREAM, s * .5, alpha=.75)


def crane(p):
    p.sky([(0, "#3a2c4e"), (.4, "#a8504a"), (.75, "#ea9a4d"), (1, "#f8dda0")], 0, 800)
    p.disc(420, 690, 120, "#fbe6b2")
    p.glow(420, 690, 560, SAND, .6)
    p.clouds(430, 110, 18, "#7a3b4e", .4)
    p.ridge(784, 24, "#8a4a50", "#c9794e", 50)
    p.sky([(0, "#f0c27a"), (.25, "#b4644c"), (1, "#2a1e38")], 800, H)
    p.glitter(420, 804, 1060, 170, CREAM, .8, 110)
    p.ripples(804, H, 150, "#4a2a40", .5)
    ink = "#1a1228"
    p.poly([(640, 850), (W, 842), (W, H), (640, H)], ink)
    p.line([(640, 850), (W, 842)], 5, "#6a4050")
    for x in range(700, W, 120):
        p.line([(x, 870), (x, H)], 10, "#2a1e38")
    def lattice(a, b, width, n):
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = math.hypot(dx, dy)
        nx, ny = -dy / length, dx / length
        w = lambda t: width * (1 - .55 * t)
        at = lambda t, k: (a[0] + dx * t + nx * w(t) * k, a[1] + dy * t + ny * w(t) * k)
        for k in (-1, 1):
            p.line([at(0, k), at(1, k)], 8, ink)
        for i in range(n):
            p.line([at(i / n, -1), at((i + 1) / n, 1)], 4, ink)
            p.line([at(i / n, 1), at((i + 1) / n, -1)], 4, ink)
    for x0, x1 in ((880, 1010), (1330, 1200)):
        lattice((x0, 846), (x1, 560), 26, 6)
    p.poly([(960, 560), (1250, 560), (1250, 590), (960, 590)], ink)
    p.line([(900, 760), (1312, 760)], 7, ink)
    p.line([(940, 660), (1270, 760)], 4, ink)
    p.line([(1270, 660), (940, 760)], 4, ink)
    p.rect(1010, 540, 200, 24, ink, 6)
    p.poly([(1020, 540), (1020, 400), (1110, 376), (1260, 376), (1300, 420), (1300, 540)], ink)
    p.rect(1036, 420, 60, 64, OCHRE, 4)
    p.line([(1066, 420), (1066, 484)], 4, ink)
    p.glow(1066, 452, 140, OCHRE, .6)
    lattice((1060, 500), (560, 96), 34, 15)
    lattice((1170, 380), (1130, 170), 22, 5)
    for a, b in (((1130, 170), (640, 162)), ((1130, 170), (1300, 400)), ((1130, 170), (820, 308))):
        p.line([a, b], 3, ink)
    p.line([(562, 100), (562, 560)], 3, ink)
    p.poly([(540, 560), (584, 560), (574, 592), (550, 592)], ink)
    p.stroke([(562, 592), (562, 626), (546, 634), (540, 618)], 7, ink)
    for x in (850, 910, 1300, 1360):
        p.disc(x, 842, 18, ink)
    # Two tugs, and the town watching.
    for x, s in ((230, 1.0), (470, .72)):
        y = 900 + 26 * s
        p.blob([(x - 120 * s, y - 40 * s), (x, y - 26 * s), (x + 130 * s, y - 62 * s), (x + 104 * s, y + 16 * s), (x - 104 * s, y + 16 * s)], ink)
        p.rect(x - 24 * s, y - 112 * s, 84 * s, 74 * s, mix(RED, ink, .25), 4)
        p.rect(x - 8 * s, y - 98 * s, 20 * s, 22 * s, SAND, 2)
        p.rect(x + 26 * s, y - 98 * s, 20 * s, 22 * s, SAND, 2)
        p.rect(x - 66 * s, y - 128 * s, 30 * s, 92 * s, ink, 3)
        p.rect(x - 66 * s, y - 112 * s, 30 * s, 14 * s, CREAM)
        p.stroke([(x + 126 * s, y - 58 * s), (700, 850), (880, 838)], 2.5, ink, alpha=.8)
        p.ripples(y + 14 * s, y + 50 * s, 22, CREAM, .55, x - 120 * s, x + 120 * s, .6)
    for i in range(34):
        x = 1010 + i * 17 + p.r.uniform(-5, 5)
        if 1290 < x < 1380:
            continue
        h = p.r.uniform(30, 44)
        p.disc(x, 846 - h, 6, ink)
        p.rect(x - 7, 850 - h, 14, h, ink, 6)


def bus(p):
    p.sky([(0, "#0b1430"), (.6, "#22406a"), (1, "#5f7d95")], 0, 640)
    p.stars(150, 480)
    p.disc(1240, 190, 60, CREAM)
    p.disc(1216, 176, 58, "#14224a")
    p.glow(1250, 200, 240, CREAM, .3)
    p.ridge(560, 60, "#34557a", "#6d8aa0", 120)
    p.sky([(0, "#64829a"), (.3, "#2f5374"), (1, "#142446")], 600, 800)
    p.ripples(604, 790, 90, CREAM, .3)
    p.glitter(1250, 606, 790, 90, CREAM, .6, 50)
    for x in (160, 196, 250, 300, 322):
        p.disc(x, 588 + (x % 5), 3.5, OCHRE)
        p.glow(x, 588, 26, OCHRE, .7)
    hill = curve([(-40, 760), (300, 700), (620, 716), (900, 790), (1200, 820), (1700, 770), (1700, 1140), (-40, 1140)])
    p.shaded(hill, (0, 700), (0, H), ["#1d3a4a", "#0a1626"])
    road = curve([(-40, 850), (400, 838), (800, 868), (1200, 900), (1700, 878), (1700, 968), (1200, 1000), (800, 968), (400, 934), (-40, 948)])
    p.shaded(road, (0, 840), (0, 990), ["#3b4a63", "#232f47"])
    for i in range(22):
        x = -20 + i * 78
        y = 893 + 34 * math.sin((x - 500) / 460) + (x / W) * 26
        p.line([(x, y), (x + 36, y + 2)], 4, SAND, alpha=.6)
    beam = skia.Path()
    beam.addPoly([skia.Point(*q) for q in ((1130, 850), (1620, 770), (1620, 990), (1130, 880))], True)
    p.shaded(beam, (1130, 0), (1620, 0), [CREAM, SAND], [.7, 0])
    p.disc(810, 922, 350, INK, 22, alpha=.6, blur=10)
    body = skia.Path()
    body.addRoundRect(skia.Rect.MakeLTRB(480, 640, 1140, 900), 40, 40)
    p.shaded(body, (0, 640), (0, 900), [(0, "#e0573a"), (.5, RED), (1, "#7d2a1e")])
    p.rect(480, 790, 660, 18, CREAM)
    people = {1: ("#5d3b34", 0), 2: ("#22304a", 1), 4: ("#704a2c", 0), 5: ("#2b5f6b", 1)}
    for i in range(6):
        x = 510 + i * 94
        p.rect(x, 672, 82, 104, "#f8dc96", 10)
        p.rect(x, 672, 82, 30, CREAM, 10, alpha=.7)
        if i in people:
            coat, hat = people[i]
            p.blob([(x + 14, 778), (x + 18, 744), (x + 40, 734), (x + 64, 746), (x + 68, 778)], coat)
            p.disc(x + 41, 718, 15, "#8a5a42" if i % 2 else "#c98d67", 18)
            if hat:
                p.blob([(x + 24, 714), (x + 28, 696), (x + 54, 696), (x + 58, 714)], RED)
            else:
                p.blob([(x + 25, 716), (x + 28, 698), (x + 52, 696), (x + 57, 712), (x + 40, 706)], INK)
    p.rect(1078, 672, 52, 118, "#f8dc96", 8)
    p.blob([(1084, 790), (1090, 754), (1108, 746), (1126, 760), (1128, 790)], INK)
    p.disc(1107, 732, 14, "#c98d67", 17)
    p.rect(1090, 712, 36, 9, INK, 4)
    p.rect(960, 646, 150, 22, INK, 6)
    for i, dot in enumerate("101110 10001 111"):
        if dot == "1":
            p.rect(972 + i * 8, 652, 5, 10, OCHRE)
    p.rect(484, 808, 652, 60, INK, alpha=.14)
    for x in (610, 1010):
        p.disc(x, 896, 50, INK)
        p.disc(x, 896, 24, "#8d98a8")
        p.disc(x, 896, 9, INK)
    p.disc(1134, 858, 13, CREAM)
    p.glow(1134, 858, 150, CREAM, .8)
    p.disc(484, 858, 9, RED)
    p.glow(484, 858, 90, RED, .7)
    p.glow(800, 725, 520, OCHRE, .3)
    for _ in range(240):
        x = p.r.uniform(-10, W)
        y = 1000 + p.r.random() * 70
        p.line([(x, y), (x + p.r.gauss(6, 8), y - p.r.uniform(20, 70))], 3, p.r.choice(["#0a1626", "#14303c", "#24505a"]))


MORE = {f.__name__: f for f in (lighthouse, stair, headland, saltmarsh, geese, tide, clock, crane, bus)} | NEAR
