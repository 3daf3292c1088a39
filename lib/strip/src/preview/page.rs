//! The first pages of a PDF as pictures. What is drawn is our copy of it, not the file that came: everything in there has been
//! measured.

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{
        BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
        InterpreterSettings, SoftMask,
        font::{Glyph, GlyphRun},
        hayro_cmap::BfString,
        interpret_page,
    },
    hayro_syntax::{Pdf, page::Page as Source},
    kurbo::{BezPath, Rect},
    vello_cpu::color::palette::css::WHITE,
};

use super::{Page, Preview};
use crate::{
    Outcome, Refused, limits, pdf,
    picture::{Channels, PREVIEW_QUALITY, Raster},
    text,
};

/// The first pages as pictures with their text; only the text if a picture inside is too large to draw.
pub(super) fn pages(bytes: &[u8]) -> Outcome<Preview> {
    let (copy, largest) = pdf::copy(bytes, &mut Vec::new())?;
    let pdf = Pdf::new(copy).map_err(|_| Refused::Broken)?;
    let all = pdf.pages();
    let mut pages = Vec::new();
    for page in all.iter().take(limits::PREVIEW_PAGES) {
        let text = read(page);
        let (jpeg, width, height) = match largest <= limits::PREVIEW_RASTER {
            true => draw(page)?,
            false => (Vec::new(), 0, 0),
        };
        pages.push(Page { jpeg, width, height, text });
    }
    if largest > limits::PREVIEW_RASTER {
        let text: Vec<String> = pages.into_iter().map(|page| page.text).filter(|text| !text.is_empty()).collect();
        return match text.is_empty() {
            true => Err(Refused::TooManyPixels),
            false => Ok(Preview::Text(text.join("\n\n"), all.len() > limits::PREVIEW_PAGES)),
        };
    }
    Ok(Preview::Pictures(pages, all.len()))
}

fn draw(page: &Source<'_>) -> Outcome<(Vec<u8>, u32, u32)> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || longest < 1.0 {
        return Err(Refused::Broken);
    }
    // Large enough to be read, and never larger than a preview is.
    let scale = (limits::PREVIEW_SIDE as f32 / longest).min(2.0);
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let cache = RenderCache::new();
    let drawn = hayro::render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let pixels = drawn.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let raster = Raster::new(width, height, Channels::Rgb, pixels, 1)?;
    Ok((raster.jpeg(PREVIEW_QUALITY)?, width, height))
}

/// The words of a page in the order in which they are drawn.
fn read(page: &Source<'_>) -> String {
    let (width, height) = page.render_dimensions();
    let cache = InterpreterCache::new();
    let transform = page.initial_transform(true);
    let transform = hayro::kurbo::Affine::new(transform.as_coeffs());
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(transform, bounds, &cache, page.xref(), InterpreterSettings::default());
    let mut words = Words::default();
    interpret_page(page, &mut context, &mut words);
    text::normal(words.text.trim()).0
}

/// Puts letters together to lines by where they stand. Many programs, TeX among them, write no spaces: they move on.
#[derive(Default)]
struct Words {
    text: String,
    /// Where the last letter ended, its line, and how large it was.
    last: Option<(f64, f64, f64)>,
}

impl Words {
    /// A letter so far behind the end of the one before it begins a new word, as a part of its size: between words stands a
    /// fifth at least, within one a tenth at most.
    const GAP: f64 = 0.15;
    /// So far ahead of that end it stands elsewhere on the line: another column, another cell.
    const BACK: f64 = 1.0;

    fn letter(&mut self, letter: &str, (x, y): (f64, f64), size: f64, advance: f64) {
        if let Some((end, last_y, last_size)) = self.last {
            let size = size.max(last_size);
            let gap = x - end;
            if (y - last_y).abs() > size * 0.5 {
                self.text.push('\n');
            } else if (gap > size * Self::GAP || gap < -size * Self::BACK) && !self.text.ends_with(' ') && letter != " "
            {
                self.text.push(' ');
            }
        }
        self.text.push_str(letter);
        self.last = Some((x + advance, y, size));
    }
}

/// How far a glyph moves on, in thousandths of its font's size.
fn advance(glyph: &Glyph<'_>) -> Option<f32> {
    match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    }
}

impl<'a> Device<'a> for Words {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.text.len() > limits::PREVIEW_TEXT {
                return;
            }
            let [a, b, c, d, x, y] = (props.transform * glyph.transform()).as_coeffs();
            // Glyphs are a thousand units high. Where a font does not say how wide one is, half of that is a guess.
            let size = (a * d - b * c).abs().sqrt() * 1_000.0;
            let advance = a * f64::from(advance(glyph).unwrap_or(500.0));
            match glyph.as_unicode() {
                Some(BfString::Char(letter)) => {
                    self.letter(letter.encode_utf8(&mut [0; 4]), (x, y), size, advance);
                }
                Some(BfString::String(letters)) => self.letter(&letters, (x, y), size, advance),
                None => {}
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
