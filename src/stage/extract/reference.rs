//! Where each character of a text node stands in the markup: character references and line ends are more than they stand for.

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use crate::text::Span;

/// No reference is longer, in bytes.
const LONGEST: usize = 40;

/// A part of a text node: its text, and where it stands in the markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) source: Span,
    /// Whether the text is what stands there, letter for letter.
    pub(super) copied: bool,
}

/// Cuts `value`, which the tokenizer made of `raw`, into pieces. `base` is where `raw` begins in the markup.
pub(super) fn pieces<'t>(raw: &str, value: &'t str, base: usize, mut take: impl FnMut(Piece<'t>)) {
    if raw == value {
        return take(Piece { text: value, source: Span::new(base, base + raw.len()), copied: true });
    }
    let (mut at, mut done) = (0, 0);
    while at < raw.len() {
        let rest = raw.get(at..).unwrap_or_default();
        let plain = memchr::memchr3(b'&', b'\r', 0, rest.as_bytes()).unwrap_or(rest.len());
        let plain = if plain == 0 { 0 } else { plain };
        let out = value.get(done..).unwrap_or_default();
        if plain > 0 {
            if out.get(..plain) != rest.get(..plain) {
                break;
            }
            let source = Span::new(base + at, base + at + plain);
            take(Piece { text: out.get(..plain).unwrap_or_default(), source, copied: true });
            (at, done) = (at + plain, done + plain);
            continue;
        }
        let (taken, given) = special(rest);
        if given == 0 || !out.is_char_boundary(given) || given > out.len() {
            break;
        }
        let copied = out.get(..given) == rest.get(..taken);
        take(Piece {
            text: out.get(..given).unwrap_or_default(),
            source: Span::new(base + at, base + at + taken),
            copied,
        });
        (at, done) = (at + taken, done + given);
    }
    // What could not be told apart stands for the rest as a whole.
    if done < value.len() {
        let source = Span::new(base + at.min(raw.len()), base + raw.len());
        take(Piece { text: value.get(done..).unwrap_or_default(), source, copied: false });
    }
}

/// How many bytes of markup the reference or line end at the beginning of `raw` has, and how many bytes of text it stands for.
fn special(raw: &str) -> (usize, usize) {
    let bytes = raw.as_bytes();
    match bytes {
        [b'\r', b'\n', ..] => return (2, 1),
        [b'&', ..] => {}
        _ => return (1, 1),
    }
    for (name, len) in
        [("&nbsp;", 2), ("&amp;", 1), ("&quot;", 1), ("&lt;", 1), ("&gt;", 1), ("&#39;", 1), ("&rsquo;", 3)]
    {
        if raw.starts_with(name) {
            return (name.len(), len);
        }
    }
    let body = bytes.iter().skip(1).take(LONGEST).position(|b| !(b.is_ascii_alphanumeric() || *b == b'#'));
    let mut end = body.map_or(bytes.len().min(LONGEST + 1), |n| n + 1);
    end += usize::from(bytes.get(end) == Some(&b';'));
    let (whole, text) = (raw.get(..end).unwrap_or_default(), decoded(raw.get(..end).unwrap_or_default()));
    if text == whole {
        return (1, 1);
    }
    // `&ampx` is a reference and a letter: what both end with is no part of the reference.
    let mut same = 0;
    for (a, b) in whole.chars().rev().zip(text.chars().rev()) {
        if a != b || same + b.len_utf8() >= text.len() {
            break;
        }
        same += b.len_utf8();
    }
    (whole.len() - same, text.len() - same)
}

fn decoded(reference: &str) -> String {
    let mut out = Vec::new();
    let emitter: CallbackEmitter<_, std::convert::Infallible, ()> =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _| {
            if let CallbackEvent::String { value } = event {
                out.extend_from_slice(value);
            }
            None
        });
    let mut tokenizer = Tokenizer::new_with_emitter(reference, emitter);
    let _ = tokenizer.next();
    drop(tokenizer);
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{decoded, pieces};

    #[test]
    fn references_keep_their_places() {
        for raw in [
            "a",
            "&eacute;t&#233;",
            "AT&T &amp; &ampx &nope; &notin;&notit;",
            "a\r\nb\rc",
            "&",
            "&;",
            "x&#x41;y&lt",
            "&#0;&#x80;",
        ] {
            let value = decoded(raw);
            let (mut text, mut at) = (String::new(), 0);
            pieces(raw, &value, 0, |piece| {
                assert_eq!(piece.source.start(), at, "{raw:?}");
                at = piece.source.end();
                assert!(!piece.copied || piece.source.of(raw) == piece.text, "{raw:?}");
                text.push_str(piece.text);
            });
            assert_eq!((text.as_str(), at), (value.as_str(), raw.len()), "{raw:?}");
        }
    }
}
