//! Writes an invented WordPress export: `make_wxr POSTS MEGABYTES [SEED] > export.xml`
//!
//! The words, people and places are made of syllables by a seeded generator, so that the same numbers give the same
//! file on every machine.

use std::io::{self, BufWriter, Write};

/// SplitMix64: short, and good enough for text.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn word(&mut self) -> String {
        const STARTS: [&str; 16] =
            ["ba", "co", "der", "fla", "gri", "ho", "ka", "lum", "mer", "no", "pel", "ra", "sto", "ti", "ver", "wen"];
        const ENDS: [&str; 12] = ["n", "ra", "st", "lo", "der", "m", "ke", "ning", "s", "ter", "va", "le"];
        let mut word = STARTS[self.roll(16)].to_owned();
        for _ in 0..self.roll(3) {
            word.push_str(STARTS[self.roll(16)]);
        }
        word.push_str(ENDS[self.roll(12)]);
        word
    }

    fn name(&mut self) -> String {
        let mut word = self.word();
        word[..1].make_ascii_uppercase();
        word
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn sentence(&mut self) -> String {
        let count = 6 + self.roll(14);
        format!("{} {}.", self.name(), self.words(count))
    }

    fn paragraph(&mut self) -> String {
        let mut text = (0..2 + self.roll(4)).map(|_| self.sentence()).collect::<Vec<_>>().join(" ");
        match self.roll(6) {
            0 => text = format!("“{text}” said {} {}.", self.name(), self.name()),
            1 => text.push_str(&format!(
                " See <a href=\"https://paper.example/?p={}\">{}</a>.",
                1000 + self.roll(5000),
                self.word()
            )),
            2 => text.push_str(&format!(" <em>{}</em> and <strong>{}</strong>.", self.word(), self.word())),
            _ => {}
        }
        text
    }
}

fn main() -> io::Result<()> {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let (posts, megabytes) = (numbers.first().copied().unwrap_or(10_000), numbers.get(1).copied().unwrap_or(60));
    let mut dice = Dice(numbers.get(2).copied().unwrap_or(7));
    let body_bytes = (megabytes * 1024 * 1024 / posts.max(1)).saturating_sub(1500);
    let mut out = BufWriter::new(io::stdout().lock());
    head(&mut out)?;
    let authors: Vec<String> = (0..20).map(|_| format!("{} {}", dice.name(), dice.name())).collect();
    for (number, name) in authors.iter().enumerate() {
        writeln!(
            out,
            "<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>author{number}</wp:author_login><wp:author_display_name><![CDATA[{name}]]></wp:author_display_name></wp:author>"
        )?;
    }
    let sections: Vec<String> = (0..8).map(|_| dice.name()).collect();
    for name in &sections {
        writeln!(
            out,
            "<wp:category><wp:category_nicename>{}</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>",
            name.to_lowercase()
        )?;
    }
    let tags: Vec<String> = (0..300).map(|_| dice.word()).collect();
    for number in 0..posts {
        post(&mut out, &mut dice, number, body_bytes as usize, &sections, &tags)?;
    }
    writeln!(out, "</channel>\n</rss>")?;
    out.flush()
}

fn head(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>")?;
    writeln!(
        out,
        "<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">"
    )?;
    writeln!(
        out,
        "<channel>\n<title>The Invented Paper</title>\n<link>https://paper.example</link>\n<language>en</language>\n<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_site_url>https://paper.example</wp:base_site_url>\n<wp:base_blog_url>https://paper.example</wp:base_blog_url>"
    )
}

fn post(
    out: &mut impl Write,
    dice: &mut Dice,
    number: u64,
    bytes: usize,
    sections: &[String],
    tags: &[String],
) -> io::Result<()> {
    let id = 1000 + number;
    let count = 4 + dice.roll(5);
    let title = format!("{} {}", dice.name(), dice.words(count));
    let slug = format!("{}-{number}", title.to_lowercase().replace(' ', "-"));
    let section = &sections[dice.roll(sections.len())];
    // Two posts an hour from the first of January 2020 on.
    let (day, minute) = (number / 48, (number % 48) * 30);
    let date = format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:00",
        2020 + day / 336,
        1 + (day % 336) / 28,
        1 + day % 28,
        minute / 60,
        minute % 60
    );
    writeln!(
        out,
        "<item>\n<title><![CDATA[{title}]]></title>\n<link>https://paper.example/{}/{slug}/</link>",
        section.to_lowercase()
    )?;
    writeln!(
        out,
        "<dc:creator><![CDATA[author{}]]></dc:creator>\n<guid isPermaLink=\"false\">https://paper.example/?p={id}</guid>",
        dice.roll(20)
    )?;
    write!(out, "<content:encoded><![CDATA[")?;
    let blocks = dice.roll(2) == 0;
    let mut written = 0;
    while written < bytes {
        let text = dice.paragraph();
        let text = match (blocks, dice.roll(12)) {
            (true, 0) => format!("<!-- wp:heading -->\n<h2>{}</h2>\n<!-- /wp:heading -->\n\n", dice.words(4)),
            (true, 1) => format!(
                "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><p>{text}</p><cite>{}</cite></blockquote>\n<!-- /wp:quote -->\n\n",
                dice.name()
            ),
            (true, 2) => format!(
                "<!-- wp:list -->\n<ul><li>{}</li><li>{}</li></ul>\n<!-- /wp:list -->\n\n",
                dice.words(5),
                dice.words(7)
            ),
            (true, _) => format!("<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->\n\n"),
            (false, 0) => format!("<h3>{}</h3>\n", dice.words(4)),
            (false, 1) => format!("<blockquote>{text}</blockquote>\n\n"),
            (false, 2) => format!(
                "[caption id=\"a\" width=\"300\"]<img class=\"alignnone\" src=\"https://paper.example/wp-content/uploads/2020/01/{}.jpg\" alt=\"{}\" /> {}[/caption]\n\n",
                dice.word(),
                dice.words(4),
                dice.words(6)
            ),
            (false, _) => format!("{text}\n\n"),
        };
        written += text.len();
        out.write_all(text.as_bytes())?;
    }
    writeln!(out, "]]></content:encoded>\n<excerpt:encoded><![CDATA[{}]]></excerpt:encoded>", dice.sentence())?;
    writeln!(
        out,
        "<wp:post_id>{id}</wp:post_id>\n<wp:post_date>{date}</wp:post_date>\n<wp:post_date_gmt>{date}</wp:post_date_gmt>\n<wp:post_name>{slug}</wp:post_name>"
    )?;
    let status = if dice.roll(50) == 0 { "draft" } else { "publish" };
    writeln!(
        out,
        "<wp:status>{status}</wp:status>\n<wp:post_parent>0</wp:post_parent>\n<wp:post_type>post</wp:post_type>\n<wp:post_password></wp:post_password>\n<wp:is_sticky>0</wp:is_sticky>"
    )?;
    writeln!(
        out,
        "<category domain=\"category\" nicename=\"{}\"><![CDATA[{section}]]></category>",
        section.to_lowercase()
    )?;
    for _ in 0..dice.roll(5) {
        let tag = &tags[dice.roll(tags.len())];
        writeln!(out, "<category domain=\"post_tag\" nicename=\"{tag}\"><![CDATA[{tag}]]></category>")?;
    }
    for key in ["_edit_last", "_yoast_wpseo_title"] {
        writeln!(
            out,
            "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{}]]></wp:meta_value></wp:postmeta>",
            dice.word()
        )?;
    }
    for comment in 0..dice.roll(3) {
        writeln!(
            out,
            "<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_author><![CDATA[{}]]></wp:comment_author><wp:comment_date_gmt>{date}</wp:comment_date_gmt><wp:comment_content><![CDATA[{}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>",
            number * 3 + comment as u64,
            dice.name(),
            dice.sentence()
        )?;
    }
    writeln!(out, "</item>")
}
