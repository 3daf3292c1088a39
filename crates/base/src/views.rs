//! Templates: a typed view in, HTML out.

use std::sync::Arc;

use minijinja::{
    AutoEscape, Environment, UndefinedBehavior, Value,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde},
};
use serde::Serialize;

use crate::{
    Error, Result,
    messages::{Arg, Messages},
};

/// Work a template may do before it is stopped: far above our largest page, far below a second.
pub const FUEL: u64 = 5_000_000;

/// A page's data: what its template sees, and a sample that a test renders.
pub trait View: Serialize {
    /// The template's name, such as `stories/index.html`.
    const TEMPLATE: &'static str;
    /// Examples: empty, usual, full. A test renders each.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// The templates of an area: names (`stories/index.html`) and texts.
pub type Templates = &'static [(&'static str, &'static str)];

/// The desk's templates of all areas.
pub struct Views {
    environment: Environment<'static>,
}

impl Views {
    /// Puts the areas' templates together.
    ///
    /// # Errors
    /// If a template cannot be parsed.
    pub fn new(areas: &[Templates], messages: Arc<Messages>) -> Result<Views> {
        let mut environment = environment(messages);
        for (name, text) in areas.iter().copied().flatten() {
            environment.add_template(name, text).map_err(|e| Error::internal(format!("template {name}: {e:#}")))?;
        }
        Ok(Views { environment })
    }

    /// Renders a view; `shell` is what the layout needs (`chrome`), beside the view's own fields.
    ///
    /// # Errors
    /// `Error::Internal` if the template asks for what the view does not give.
    pub fn render<V: View>(&self, view: &V, shell: &impl Serialize) -> Result<String> {
        self.environment
            .get_template(V::TEMPLATE)
            .and_then(|template| {
                template.render(minijinja::context! { chrome => Value::from(Serde(shell)), ..Value::from(Serde(view)) })
            })
            .map_err(|e| Error::internal(format!("template {}: {e:#}", V::TEMPLATE)))
    }
}

/// An environment as every template of ours expects it: strict, with fuel, escaped, with `t()`. The language is read
/// from the variable `lang` of the rendering, or `chrome.lang`.
pub fn environment(messages: Arc<Messages>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("html" | "xml") => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.add_function("t", move |state: &minijinja::State<'_, '_>, key: String, kwargs: Kwargs| {
        let language = state
            .lookup("lang")
            .or_else(|| state.lookup("chrome").and_then(|chrome| chrome.get_attr("lang").ok()))
            .and_then(|lang| lang.as_str().map(str::to_owned))
            .unwrap_or_else(|| "en".into());
        let mut args = Vec::new();
        for name in kwargs.args() {
            let value: Value = kwargs.get(name)?;
            let arg = match i64::try_from(value.clone()) {
                Ok(number) if value.is_number() => Arg::from(number),
                _ => Arg::from(value.to_string()),
            };
            args.push((name, arg));
        }
        Ok::<_, minijinja::Error>(messages.text(&language, &key, args))
    });
    environment
}
