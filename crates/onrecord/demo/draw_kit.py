"""What the demo's illustrators share: a palette, hills, water, light and grain. See draw.py."""
import math
import random
import numpy as np
import skia
from PIL import Image

W, H = 1600, 1067
INK, NIGHT, BLUE, TEAL, SEA, MIST = "#101a2e", "#1b2b4a", "#2c4a6e", "#2b5f6b", "#5b9493", "#b4cbc2"
CREAM, SAND, OCHRE, RED, ROSE, PLUM = "#f6ead0", "#e6cb95", "#dd9c3c", "#cf4527", "#eaa283", "#43283f"


def rgb(colour):
    return tuple(int(colour[i:i + 2], 16) for i in (1, 3, 5))


def mix(a, b, t):
    return "#%02x%02x%02x" % tuple(round(x + (y - x) * t) for x, y in zip(rgb(a), rgb(b)))


def col(colour, alpha=1.0):
    return skia.Color(*rgb(colour), max(0, min(255, round(alpha * 255))))


def curve(points, closed=False):
    """A smooth path through points (Catmull-Rom)."""
    path, n = skia.Path(), len(points)
    at = (lambda i: points[i % n]) if closed else (lambda i: points[max(0, min(n - 1, i))])
    path.moveTo(*points[0])
    for i in range(n if closed else n - 1):
        a, b, c, d = at(i - 1), at(i), at(i + 1), at(i + 2)
        path.cubicTo(b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, *c)
    if closed:
        path.close()
    return path


class Picture:
    def __init__(self, seed, w=W, h=H):
        self.w, self.h, self.r = w, h, random.Random(seed)
        self.noise = np.random.default_rng(sum(seed.encode()))
        self.surface = skia.Surface(w, h)
        self.c = self.surface.getCanvas()

    # Shapes
    def paint(self, fill, alpha=1.0, width=None, blur=0, add=False):
        paint = skia.Paint(AntiAlias=True, Color=col(fill, alpha))
        if width:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(width)
            paint.setStrokeCap(skia.Paint.kRound_Cap)
            paint.setStrokeJoin(skia.Paint.kRound_Join)
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        if add:
            paint.setBlendMode(skia.BlendMode.kScreen)
        return paint

    def path(self, path, fill, **how):
        self.c.drawPath(path, self.paint(fill, **how))

    def poly(self, points, fill, **how):
        path = skia.Path()
        path.addPoly([skia.Point(*p) for p in points], not how.get("width"))
        self.path(path, fill, **how)

    def blob(self, points, fill, **how):
        self.path(curve(points, True), fill, **how)

    def rect(self, x, y, w, h, fill, radius=0, **how):
        self.c.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius, self.paint(fill, **how))

    def disc(self, x, y, r, fill, ry=None, **how):
        self.c.drawOval(skia.Rect.MakeLTRB(x - r, y - (ry or r), x + r, y + (ry or r)), self.paint(fill, **how))

    def line(self, points, width, fill, **how):
        self.poly(points, fill, width=width, **how)

    def stroke(self, points, width, fill, **how):
        self.path(curve(points), fill, width=width, **how)

    def shaded(self, path, start, end, stops, alphas=None):
        """Fill a path with a gradient; stops is a list of colours spread evenly, or of (place, colour)."""
        if isinstance(stops[0], str):
            stops = [(i / (len(stops) - 1), s) for i, s in enumerate(stops)]
        alphas = alphas or [1] * len(stops)
        paint = skia.Paint(AntiAlias=True)
        paint.setShader(skia.GradientShader.MakeLinear([skia.Point(*start), skia.Point(*end)],
                        [col(s[1], a) for s, a in zip(stops, alphas)], [s[0] for s in stops]))
        self.c.drawPath(path, paint)

    def sky(self, stops, y0=0, y1=None):
        y1 = self.h if y1 is None else y1
        path = skia.Path()
        path.addRect(skia.Rect.MakeLTRB(0, y0, self.w, y1))
        self.shaded(path, (0, y0), (0, y1), stops)

    def glow(self, x, y, r, fill, alpha=.6):
        paint = skia.Paint(AntiAlias=True)
        paint.setShader(skia.GradientShader.MakeRadial(skia.Point(x, y), r, [col(fill, alpha), col(fill, alpha * .35), col(fill, 0)], [0, .35, 1]))
        paint.setBlendMode(skia.BlendMode.kScreen)
        self.c.drawCircle(x, y, r, paint)

    # Nature
    def profile(self, y, height, rough=5, step=8):
        """One wandering line from left to right: a ridge, a shore."""
        waves = [(self.r.uniform(.6, 1.6) * 2 ** k * math.pi / self.w, self.r.uniform(0, 7), .55 ** k) for k in range(rough)]
        total = sum(w[2] for w in waves)
        return [(x, y - height * sum(a * math.sin(f * x + p) for f, p, a in waves) / total) for x in range(-20, self.w + 21, step)]

    def ridge(self, y, height, top, foot, depth=None, rough=5):
        line = self.profile(y, height, rough)
        path = skia.Path()
        path.addPoly([skia.Point(*p) for p in line] + [skia.Point(self.w + 20, self.h), skia.Point(-20, self.h)], True)
        self.shaded(path, (0, y - height), (0, y + (depth or self.h - y)), [top, foot])
        return line

    def clouds(self, y, spread, count, fill, alpha=.25):
        for _ in range(count):
            x, cy, w = self.r.uniform(-200, self.w), y + self.r.gauss(0, spread), self.r.uniform(200, 760)
            h = self.r.uniform(5, 16)
            self.blob([(x, cy), (x + w * .3, cy - h), (x + w * .7, cy - h * .7), (x + w, cy), (x + w * .6, cy + h * .45), (x + w * .25, cy + h * .4)], fill, alpha=alpha * self.r.uniform(.5, 1), blur=2)

    def stars(self, count, y1, fill=CREAM):
        for _ in range(count):
            x, y = self.r.uniform(0, self.w), self.r.uniform(0, 1) ** 1.4 * y1
            self.disc(x, y, self.r.choice([.9, 1.1, 1.4, 2.1]), fill, alpha=self.r.uniform(.35, .95))

    def ripples(self, y0, y1, count, fill, alpha=.35, x0=0, x1=None, width=1.0):
        """Short level strokes, longer and thicker towards us."""
        x1 = self.w if x1 is None else x1
        for _ in range(count):
            t = self.r.random() ** .8
            y, n = y0 + (y1 - y0) * t, (8 + 90 * t) * self.r.uniform(.4, 1.3) * width
            x = self.r.uniform(x0, x1)
            self.line([(x - n, y), (x + n, y)], 1 + 3.2 * t, fill, alpha=alpha * self.r.uniform(.35, 1))

    def glitter(self, x, y0, y1, width, fill, alpha=.8, count=70):
        """The road of light below a lamp or a low sun."""
        for _ in range(count):
            t = self.r.random()
            y, n = y0 + (y1 - y0) * t, width * (.25 + .75 * t) * self.r.uniform(.15, .7)
            cx = x + self.r.gauss(0, width * (.14 + .3 * t))
            self.line([(cx - n, y), (cx + n, y)], 1.2 + 3 * t, fill, alpha=alpha * (1 - .6 * t) * self.r.uniform(.4, 1))

    def bird(self, x, y, s, fill, lift=.45, tilt=0):
        self.c.save()
        self.c.translate(x, y)
        self.c.rotate(tilt)
        body = skia.Path()
        body.moveTo(-1.15 * s, -.06 * s)
        body.quadTo(0, -.2 * s, 1.05 * s, .02 * s)
        body.quadTo(.1 * s, .2 * s, -1.15 * s, -.02 * s)
        self.path(body, fill)
        for side in (1, -.8):
            wing = skia.Path()
            wing.moveTo(-.18 * s, 0)
            wing.quadTo(-.1 * s, -lift * s * side, .55 * s, -1.25 * lift * s * side * 1.6)
            wing.quadTo(.25 * s, -.35 * lift * s * side, .3 * s, .02 * s)
            self.path(wing, fill)
        self.c.restore()

    # Finish
    def save(self, name, grain=4.2, quality=73):
        pixels = self.surface.makeImageSnapshot().toarray(colorType=skia.kRGB_888x_ColorType)[..., :3].astype(np.float32)
        h, w = pixels.shape[:2]
        coarse = self.noise.normal(0, 1, (h // 2 + 1, w // 2 + 1)).astype(np.float32)
        coarse = np.asarray(Image.fromarray(coarse).resize((w, h), Image.BILINEAR))
        light = pixels.mean(axis=2) / 255
        pixels += (coarse * grain * (.45 + 1.1 * light * (1 - light) * 2))[..., None]
        # A printed sheet: ink never quite black, paper never quite white, edges a little deeper.
        yy, xx = np.mgrid[0:h, 0:w]
        edge = ((xx / w - .5) ** 2 + (yy / h - .5) ** 2) * .28
        pixels = pixels * (1 - edge[..., None]) * .965 + np.array([7, 6, 5], np.float32)
        out = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
        out.save(name, quality=quality, optimize=True, progressive=True, subsampling=2)
