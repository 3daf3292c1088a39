//! A picture of the library, and what the newsroom says about it.

use onrecord_base::{Error, FieldError, Result, Time};
use onrecord_prose::PictureView;
use serde::{Deserialize, Serialize};

use crate::licence;

/// Characters of an alternative text: it is read aloud in one go.
pub const LONGEST_ALT: usize = 1_000;
/// Characters of a caption.
pub const LONGEST_CAPTION: usize = 5_000;
/// Characters of an agency's or a photographer's name.
pub const LONGEST_NAME: usize = 200;
/// Characters of the address of a licence or of its owner's terms.
pub const LONGEST_ADDRESS: usize = 500;
/// Width of what is shown elsewhere, and by browsers that do not choose: feeds, mail, cards on other sites.
pub(crate) const SHARED_WIDTH: u32 = 1_200;

/// A picture as the library holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its id.
    pub id: String,
    /// SHA-256 of the original file, in hexadecimal.
    pub sha256: String,
    /// `jpeg`, `png`, `webp` or `gif`: the original's.
    pub format: String,
    /// Size of the original.
    pub bytes: u64,
    /// Width of the original, upright.
    pub width: u32,
    /// Height of the original, upright.
    pub height: u32,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// The words under it.
    pub caption: String,
    /// The agency it came from.
    pub agency: String,
    /// Who took it.
    pub photographer: String,
    /// What others may do with it: a licence's name or the address of its text; may be empty.
    pub licence: String,
    /// The page where more may be asked for; may be empty.
    pub terms: String,
    /// The file's name as it came.
    pub file_name: String,
    /// Id of the person who brought it; none from an import.
    pub uploaded_by: Option<String>,
    /// Since when it is here.
    pub created_at: Time,
    /// What readers get, narrowest first.
    pub renditions: Vec<Rendition>,
}

/// How a rendition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Read by everything that shows pictures.
    Jpeg,
    /// RFC 9649: half the bytes, read by browsers since 2020.
    WebP,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 2] = [Format::Jpeg, Format::WebP];

    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jpeg => "jpeg",
            Format::WebP => "webp",
        }
    }

    /// What names of its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::WebP => "webp",
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::WebP => "image/webp",
        }
    }
}

/// One width of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// How it is written.
    pub format: Format,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// SHA-256 of the file: its name.
    pub sha256: String,
}

/// What the newsroom says about a picture: defaults for the stories that show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Credits {
    /// What the picture shows, for who cannot see it.
    pub alt: String,
    /// The words under it.
    pub caption: String,
    /// The agency it came from.
    pub agency: String,
    /// Who took it.
    pub photographer: String,
    /// What others may do with it: a licence's name or the address of its text; may be empty.
    pub licence: String,
    /// The page where more may be asked for; may be empty.
    pub terms: String,
}

/// What is known about a file that comes in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPicture {
    /// The file's name.
    pub file_name: String,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// The words under it.
    pub caption: String,
    /// The agency it came from.
    pub agency: String,
    /// Who took it.
    pub photographer: String,
    /// What others may do with it: a licence's name or the address of its text; may be empty.
    pub licence: String,
    /// The page where more may be asked for; may be empty.
    pub terms: String,
    /// Id of the person who brings it.
    pub uploaded_by: Option<String>,
}

impl Rendition {
    /// Where readers find it.
    pub fn url(&self) -> String {
        format!("/media/{}.{}", self.sha256, self.format.extension())
    }
}

impl Picture {
    /// For a browser, nearest to a width.
    pub fn nearest(&self, width: u32) -> Option<&Rendition> {
        self.chosen_from().into_iter().min_by_key(|rendition| rendition.width.abs_diff(width))
    }

    /// For whatever is no browser: a JPEG.
    pub fn shared(&self) -> Option<&Rendition> {
        self.written(Format::Jpeg).min_by_key(|rendition| rendition.width.abs_diff(SHARED_WIDTH))
    }

    fn written(&self, format: Format) -> impl Iterator<Item = &Rendition> {
        self.renditions.iter().filter(move |rendition| rendition.format == format)
    }

    /// What browsers choose from, of one format: pictures that came before there were WebPs have JPEGs alone.
    fn chosen_from(&self) -> Vec<&Rendition> {
        let format = if self.written(Format::WebP).next().is_some() { Format::WebP } else { Format::Jpeg };
        self.written(format).collect()
    }

    /// As the story's document shows it.
    pub fn view(&self) -> PictureView {
        let renditions = self.chosen_from();
        let widest = renditions.last();
        PictureView {
            src: self.shared().map(Rendition::url).unwrap_or_default(),
            srcset: renditions.iter().map(|rendition| (rendition.url(), rendition.width)).collect(),
            media: renditions.first().map_or("", |rendition| rendition.format.media()),
            width: widest.map_or(self.width, |rendition| rendition.width),
            height: widest.map_or(self.height, |rendition| rendition.height),
            agency: self.agency.clone(),
            photographer: self.photographer.clone(),
            licence: licence::read(&self.licence),
        }
    }

    /// True if a story can show it with a credit.
    pub fn credited(&self) -> bool {
        !self.agency.is_empty() || !self.photographer.is_empty()
    }

    /// What the newsroom says about it.
    pub fn credits(&self) -> Credits {
        Credits {
            alt: self.alt.clone(),
            caption: self.caption.clone(),
            agency: self.agency.clone(),
            photographer: self.photographer.clone(),
            licence: self.licence.clone(),
            terms: self.terms.clone(),
        }
    }
}

impl Credits {
    /// With line breaks and outer blanks put in order.
    ///
    /// # Errors
    /// `Error::Invalid` for texts that are too long.
    pub fn tidied(&self) -> Result<Credits> {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut tidied = Credits {
            alt: line(&self.alt),
            caption: line(&self.caption),
            agency: line(&self.agency),
            photographer: line(&self.photographer),
            licence: line(&self.licence),
            terms: line(&self.terms),
        };
        let mut wrong: Vec<FieldError> = [
            ("alt", &tidied.alt, LONGEST_ALT),
            ("caption", &tidied.caption, LONGEST_CAPTION),
            ("agency", &tidied.agency, LONGEST_NAME),
            ("photographer", &tidied.photographer, LONGEST_NAME),
            ("licence", &tidied.licence, LONGEST_ADDRESS),
            ("terms", &tidied.terms, LONGEST_ADDRESS),
        ]
        .into_iter()
        .filter(|(_, text, most)| text.chars().count() > *most)
        .map(|(field, _, most)| FieldError::new(field, "media-text-too-long").arg("most", most))
        .collect();
        for (field, text, read) in [
            ("licence", &mut tidied.licence, licence::canonical as fn(&str) -> Option<String>),
            ("terms", &mut tidied.terms, |text| licence::address(text).map(|address| address.to_string())),
        ] {
            match read(text) {
                Some(kept) => *text = kept,
                None if text.is_empty() || wrong.iter().any(|error| error.field == field) => {}
                None => wrong.push(FieldError::new(field, &format!("media-{field}-unknown"))),
            }
        }
        if wrong.is_empty() { Ok(tidied) } else { Err(Error::Invalid(wrong)) }
    }

    /// What is missing here taken from `other`.
    #[must_use]
    pub fn or(self, other: &Credits) -> Credits {
        let or = |mine: String, other: &str| if mine.is_empty() { other.to_owned() } else { mine };
        Credits {
            alt: or(self.alt, &other.alt),
            caption: or(self.caption, &other.caption),
            agency: or(self.agency, &other.agency),
            photographer: or(self.photographer, &other.photographer),
            licence: or(self.licence, &other.licence),
            terms: or(self.terms, &other.terms),
        }
    }
}

impl NewPicture {
    /// Its texts in order.
    ///
    /// # Errors
    /// As [`Credits::tidied`].
    pub fn tidied(self) -> Result<NewPicture> {
        let Credits { alt, caption, agency, photographer, licence, terms } = self.credits().tidied()?;
        Ok(NewPicture { file_name: self.clean_file_name(), alt, caption, agency, photographer, licence, terms, ..self })
    }

    /// What the newsroom says about it.
    pub fn credits(&self) -> Credits {
        Credits {
            alt: self.alt.clone(),
            caption: self.caption.clone(),
            agency: self.agency.clone(),
            photographer: self.photographer.clone(),
            licence: self.licence.clone(),
            terms: self.terms.clone(),
        }
    }

    /// The name with its folders and control characters left out, and not longer than file systems allow.
    fn clean_file_name(&self) -> String {
        let last = self.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>().trim().to_owned()
    }
}
