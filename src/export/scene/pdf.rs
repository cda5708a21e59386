//! A scene as a PDF of one page with real text in the shipped font, which is embedded. No date: the same scene gives the same bytes.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, LineJoinStyle, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::{Colour, Pen, Point, Scene, Step, Stroke, Words, components};
use crate::export::font::Weight;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
const ABOUT: Ref = Ref::new(5);
/// First object of the fonts, each of which has five.
const FONTS: i32 = 6;

impl Scene {
    /// The PDF file. Texts have only characters of the shipped font.
    pub(in crate::export) fn pdf(&self) -> Vec<u8> {
        let mut pdf = Pdf::new();
        pdf.catalog(CATALOG).pages(PAGES);
        pdf.pages(PAGES).kids([PAGE]).count(1);
        pdf.document_info(ABOUT).title(TextStr(&self.title));
        let mut page = pdf.page(PAGE);
        page.media_box(Rect::new(0.0, 0.0, self.size.0 as f32, self.size.1 as f32));
        page.parent(PAGES).contents(CONTENT);
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        for weight in Weight::ALL {
            fonts.pair(name(weight), object(weight, 0));
        }
        fonts.finish();
        resources.finish();
        page.finish();
        pdf.stream(CONTENT, &packed(&self.content()))
            .filter(Filter::FlateDecode);
        for weight in Weight::ALL {
            self.font(&mut pdf, weight);
        }
        pdf.finish()
    }

    fn content(&self) -> Vec<u8> {
        let mut page = Page {
            content: Content::new(),
            height: self.size.1,
        };
        page.content.set_line_join(LineJoinStyle::RoundJoin);
        self.draw(&mut page);
        page.content.finish().to_vec()
    }

    /// A font with the widths and the characters of the glyphs in use.
    fn font(&self, pdf: &mut Pdf, weight: Weight) {
        let [outer, cid, descriptor, file, map] = [0, 1, 2, 3, 4].map(|part| object(weight, part));
        let full = match weight {
            Weight::Regular => Name(b"PlateSans-Regular"),
            Weight::Bold => Name(b"PlateSans-Bold"),
        };
        let system = SystemInfo {
            registry: Str(b"Adobe"),
            ordering: Str(b"Identity"),
            supplement: 0,
        };
        let used: BTreeMap<u16, char> = self
            .texts()
            .flat_map(str::chars)
            .filter_map(|c| Some((weight.glyph(c)?, c)))
            .collect();
        let mut font = pdf.type0_font(outer);
        font.base_font(full)
            .encoding_predefined(Name(b"Identity-H"));
        font.descendant_font(cid).to_unicode(map);
        font.finish();
        let mut font = pdf.cid_font(cid);
        font.subtype(CidFontType::Type2)
            .base_font(full)
            .system_info(system);
        font.font_descriptor(descriptor)
            .default_width(0.0)
            .cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = font.widths();
        for &glyph in used.keys() {
            widths.consecutive(glyph, [(weight.advance(glyph) * 1000.0) as f32]);
        }
        widths.finish();
        font.finish();
        pdf.font_descriptor(descriptor)
            .name(full)
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(-500.0, -250.0, 1200.0, 950.0))
            .italic_angle(0.0)
            .ascent(905.0)
            .descent(-212.0)
            .cap_height(729.0)
            .stem_v(if weight == Weight::Bold { 140.0 } else { 80.0 })
            .font_file2(file);
        pdf.stream(file, &packed(weight.file()))
            .filter(Filter::FlateDecode)
            .pair(
                Name(b"Length1"),
                i32::try_from(weight.file().len()).unwrap_or(0),
            );
        let mut characters = UnicodeCmap::new(Name(b"PlateSans"), system);
        for (glyph, c) in used {
            characters.pair(glyph, c);
        }
        pdf.cmap(map, &characters.finish());
    }
}

/// Content of the page.
struct Page {
    content: Content,
    height: f64,
}

impl Page {
    fn outline(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Move(to) => {
                    let (x, y) = self.upward(to);
                    self.content.move_to(x, y);
                }
                Step::Line(to) => {
                    let (x, y) = self.upward(to);
                    self.content.line_to(x, y);
                }
                Step::Curve(a, b, to) => {
                    let [a, b, to] = [a, b, to].map(|point| self.upward(point));
                    self.content.cubic_to(a.0, a.1, b.0, b.1, to.0, to.1);
                }
                Step::Close => {
                    self.content.close_path();
                }
            }
        }
    }

    /// A place in PDF's coordinates, to a hundredth of a point.
    fn upward(&self, (x, y): Point) -> (f32, f32) {
        let round = |length: f64| ((length / 0.01).round() * 0.01) as f32;
        (round(x), round(self.height - y))
    }
}

impl Pen for Page {
    fn path(&mut self, steps: &[Step], fill: Option<Colour>, stroke: Option<Stroke>) {
        self.content.save_state();
        if let Some(fill) = fill {
            let [red, green, blue] = shares(fill);
            self.content.set_fill_rgb(red, green, blue);
        }
        if let Some(stroke) = stroke {
            let [red, green, blue] = shares(stroke.colour);
            self.content.set_stroke_rgb(red, green, blue);
            self.content.set_line_width(stroke.width as f32);
            if let Some(dash) = stroke.dash {
                self.content.set_dash_pattern([dash as f32], 0.0);
            }
        }
        self.outline(steps);
        match (fill, stroke) {
            (Some(_), Some(_)) => self.content.fill_nonzero_and_stroke(),
            (Some(_), None) => self.content.fill_nonzero(),
            _ => self.content.stroke(),
        };
        self.content.restore_state();
    }

    fn words(&mut self, words: &Words) {
        let [red, green, blue] = shares(words.colour);
        let place = self.upward(words.start());
        let glyphs: Vec<u8> = words
            .text
            .chars()
            .flat_map(|c| words.weight.glyph(c).unwrap_or(0).to_be_bytes())
            .collect();
        self.content
            .begin_text()
            .set_fill_rgb(red, green, blue)
            .set_font(name(words.weight), words.size as f32);
        self.content
            .next_line(place.0, place.1)
            .show(Str(&glyphs))
            .end_text();
    }
}

/// Bytes as a PDF stores them.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    let written = packer.write_all(bytes);
    debug_assert!(written.is_ok(), "memory takes everything");
    packer.finish().unwrap_or_default()
}

const fn name(weight: Weight) -> Name<'static> {
    match weight {
        Weight::Regular => Name(b"R"),
        Weight::Bold => Name(b"B"),
    }
}

const fn object(weight: Weight, part: i32) -> Ref {
    Ref::new(FONTS + 5 * weight as i32 + part)
}

fn shares(colour: Colour) -> [f32; 3] {
    components(colour).map(|part| f32::from(part) / 255.0)
}
