//! What the renderer is told: how pictures are served, and for whom it writes.

/// Where the renderer learns how a picture is served.
pub trait Pictures {
    /// The picture with this id, or nothing when the library has no file for it.
    fn picture(&self, id: &str) -> Option<PictureView>;
}

/// A library without pictures: captions and credits only.
#[derive(Debug, Clone, Copy)]
pub struct NoPictures;

impl Pictures for NoPictures {
    fn picture(&self, _: &str) -> Option<PictureView> {
        None
    }
}

/// How a picture is served.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureView {
    /// The address of the rendition for whatever does not choose: feeds, mail, old browsers.
    pub src: String,
    /// Renditions to choose from and their widths, all of one format.
    pub srcset: Vec<(String, u32)>,
    /// Their media type.
    pub media: &'static str,
    /// Width in pixels, so that the page keeps its place while the picture loads.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Agency to credit when the document names nobody.
    pub agency: String,
    /// Photographer to credit when the document names nobody.
    pub photographer: String,
    /// What others may do with it, if that was said.
    pub licence: Option<Licence>,
}

/// A licence as readers and machines find it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Licence {
    /// Its name, or whose page its text stands on.
    pub name: String,
    /// The address of its text.
    pub url: String,
}

/// How HTML is written.
#[derive(Clone, Copy)]
pub struct RenderOptions<'a> {
    /// `https://host` of the site: links to it are not outside links.
    pub site: Option<&'a str>,
    /// For feeds and mail: site-relative addresses become absolute (with `site`), no ids, no loading hints.
    pub feed: bool,
    /// What `rel` outside links carry.
    pub outside_rel: &'a str,
    /// Load the first picture at once. False where a lead picture stands above.
    pub first_picture_eager: bool,
    /// The `sizes` of pictures: how wide the theme shows them in the text.
    pub sizes: &'a str,
    /// Writes a day (`YYYY-MM-DD`) for readers.
    pub day: Option<&'a dyn Fn(&str) -> String>,
}

impl Default for RenderOptions<'_> {
    fn default() -> Self {
        RenderOptions {
            site: None,
            feed: false,
            outside_rel: "external noopener",
            first_picture_eager: true,
            sizes: "100vw",
            day: None,
        }
    }
}
