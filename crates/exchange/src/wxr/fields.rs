//! Which element fills which field.

use super::{Author, Comment, Item, ItemTerm, Site, Term};

/// What is being gathered: the record that the next fields belong to.
pub(super) enum Record {
    Author(Author),
    Term(Term),
    Item(Box<Item>),
}

/// Where a simple field's text goes.
pub(super) fn site<'a>(site: &'a mut Site, name: &str) -> Option<&'a mut String> {
    Some(match name {
        "title" => &mut site.title,
        "link" => &mut site.link,
        "description" => &mut site.description,
        "language" => &mut site.language,
        "wp:wxr_version" => &mut site.version,
        "wp:base_site_url" => &mut site.base_site_url,
        "wp:base_blog_url" => &mut site.base_blog_url,
        _ => return None,
    })
}

pub(super) fn author<'a>(author: &'a mut Author, name: &str) -> Option<&'a mut String> {
    Some(match name {
        "wp:author_login" => &mut author.login,
        "wp:author_email" => &mut author.email,
        "wp:author_display_name" => &mut author.display_name,
        "wp:author_first_name" => &mut author.first_name,
        "wp:author_last_name" => &mut author.last_name,
        _ => return None,
    })
}

pub(super) fn term<'a>(term: &'a mut Term, name: &str) -> Option<&'a mut String> {
    Some(match name {
        "wp:category_nicename" | "wp:tag_slug" | "wp:term_slug" => &mut term.slug,
        "wp:cat_name" | "wp:tag_name" | "wp:term_name" => &mut term.name,
        "wp:category_parent" | "wp:term_parent" => &mut term.parent,
        "wp:category_description" | "wp:tag_description" | "wp:term_description" => &mut term.description,
        "wp:term_taxonomy" => &mut term.taxonomy,
        _ => return None,
    })
}

pub(super) fn item<'a>(item: &'a mut Item, name: &str) -> Option<&'a mut String> {
    Some(match name {
        "title" => &mut item.title,
        "link" => &mut item.link,
        "pubDate" => &mut item.pub_date,
        "dc:creator" => &mut item.creator,
        "guid" => &mut item.guid,
        "content:encoded" => &mut item.content,
        "excerpt:encoded" => &mut item.excerpt,
        "wp:post_id" => &mut item.id,
        "wp:post_date" => &mut item.date,
        "wp:post_date_gmt" => &mut item.date_gmt,
        "wp:post_name" => &mut item.name,
        "wp:status" => &mut item.status,
        "wp:post_parent" => &mut item.parent,
        "wp:post_type" => &mut item.kind,
        "wp:post_password" => &mut item.password,
        "wp:attachment_url" => &mut item.attachment_url,
        _ => return None,
    })
}

pub(super) fn comment<'a>(comment: &'a mut Comment, name: &str) -> Option<&'a mut String> {
    Some(match name {
        "wp:comment_id" => &mut comment.id,
        "wp:comment_author" => &mut comment.author,
        "wp:comment_author_email" => &mut comment.email,
        "wp:comment_author_url" => &mut comment.url,
        "wp:comment_date" => &mut comment.date,
        "wp:comment_date_gmt" => &mut comment.date_gmt,
        "wp:comment_content" => &mut comment.content,
        "wp:comment_approved" => &mut comment.approved,
        "wp:comment_type" => &mut comment.kind,
        "wp:comment_parent" => &mut comment.parent,
        _ => return None,
    })
}

/// Text that is kept as written; of other fields the space around goes.
pub(super) fn is_verbatim(name: &str) -> bool {
    matches!(name, "content:encoded" | "excerpt:encoded" | "wp:comment_content" | "wp:meta_value" | "wp:postmeta")
}

pub(super) fn item_term(domain: Option<String>, nicename: Option<String>, name: String) -> Option<ItemTerm> {
    // WXR 1.0 writes every term twice, once without a domain.
    let domain = domain?;
    Some(ItemTerm {
        domain: if domain == "tag" { "post_tag".into() } else { domain },
        nicename: nicename.unwrap_or_default(),
        name,
    })
}
