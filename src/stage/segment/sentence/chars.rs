//! What a character means at the end of a sentence (after the properties of UAX #29, sharpened for wide and typographic marks).

/// Full stops that also end abbreviations (`ATerm`).
#[inline]
pub(super) const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{2024}' | '\u{fe52}')
}

/// Marks that end a sentence wherever they stand, blanks or not (`STerm` of scripts without case).
pub(super) const fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡' | '\u{fe12}' | '\u{fe15}' | '\u{fe16}' | '\u{fe56}' | '\u{fe57}'
        | '؟' | '۔' | '\u{61d}' | '\u{61e}' | '।' | '॥' | '։' | '።' | '፧' | '፨' | '។' | '៕' | '၊' | '။'
        | '\u{700}'..='\u{702}' | '\u{7f9}' | '\u{166e}' | '\u{1735}' | '\u{1736}' | '\u{1803}' | '\u{1809}'
        | '\u{1944}' | '\u{1945}' | '\u{1aa8}'..='\u{1aab}' | '\u{1b5a}' | '\u{1b5b}' | '\u{1b5e}' | '\u{1b5f}'
        | '\u{1c3b}' | '\u{1c3c}' | '\u{1c7e}' | '\u{1c7f}' | '\u{2e3c}' | '\u{a4ff}' | '\u{a60e}' | '\u{a60f}' | '\u{a6f3}' | '\u{a6f7}'
        | '\u{a876}' | '\u{a877}' | '\u{a8ce}' | '\u{a8cf}' | '\u{a92f}' | '\u{a9c8}' | '\u{a9c9}' | '\u{aa5d}'..='\u{aa5f}'
        | '\u{aaf0}' | '\u{aaf1}' | '\u{abeb}')
}

/// Any mark that may end a sentence.
#[inline]
pub(super) const fn is_stop(c: char) -> bool {
    is_dot(c) || matches!(c, '!' | '?' | '…' | '‼' | '‽' | '⁇' | '⁈' | '⁉' | '\u{2e2e}') || is_wide_stop(c)
}

/// Closing quotes and brackets, which stay with the sentence before them; of straight quotes the caller knows more.
pub(super) const fn is_close(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '»'
            | '›'
            | '”'
            | '’'
            | '“'
            | '‘'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '］'
            | '〗'
            | '〞'
            | '〟'
            | '｣'
            | '＂'
    )
}

/// Opening quotes and brackets, which stand before the first letter of a sentence.
pub(super) const fn is_open(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '('
            | '['
            | '{'
            | '«'
            | '‹'
            | '“'
            | '”'
            | '„'
            | '‘'
            | '‚'
            | '»'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '〈'
            | '〔'
            | '［'
            | '〖'
            | '〝'
            | '｢'
            | '¿'
            | '¡'
            | '*'
            | '_'
    )
}

/// The mark that closes what `open` opened, for those where that is plain.
pub(super) const fn closer(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        '「' => '」',
        '『' => '』',
        '«' => '»',
        _ => return None,
    })
}

/// Marks after which a sentence goes on (`SContinue`, dashes apart).
pub(super) const fn is_continuing(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '、' | '，' | '；' | '：' | '､' | '،' | '؛' | '\u{7f8}' | '\u{1802}' | '\u{fe10}'
            ..='\u{fe14}' | '\u{fe50}' | '\u{fe51}' | '\u{fe54}' | '\u{fe55}' | '=' | '/' | '%' | '&'
    )
}

/// Dashes and hyphens.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '－' | '─')
}

/// Pictures among text, and what varies or joins them.
pub(super) const fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b05}'..='\u{2b55}' | '\u{1f000}'..='\u{1faff}')
}

/// Pictures that point at what follows rather than comment on what was said.
pub(super) const fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '☑' | '✅'
            | '✓'
            | '✔'
            | '➡'
            | '➤'
            | '➜'
            | '▶'
            | '☞'
            | '❗'
            | '❓'
            | '📌'
            | '📍'
            | '👉'
            | '🔹'
            | '🔸'
            | '🔺'
            | '🔻'
            | '🔴'
            | '🔵'
            | '📢'
            | '📣'
    )
}

/// What varies or joins the picture before it.
pub(super) const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

/// Lower case, of scripts where the start of a sentence is upper case (Georgian has capitals, but not there).
#[inline]
pub(super) fn is_lower(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10d0}'..='\u{10ff}' | 'ª' | 'º')
}

/// The character that begins at `at`.
#[inline]
pub(super) fn at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at `at`.
#[inline]
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// What the first byte of a character may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Nothing that matters here.
    None,
    /// A full stop, question or exclamation mark in ASCII.
    Stop,
    /// A bracket in ASCII.
    Bracket,
    /// Perhaps a mark or picture, where the second byte is in this range.
    Wide(u8, u8),
}

impl Lead {
    /// What `byte` may begin.
    const fn of(byte: u8) -> Self {
        match byte {
            b'.' | b'!' | b'?' => Self::Stop,
            b'(' | b')' | b'[' | b']' => Self::Bracket,
            0xc2 => Self::Wide(0xab, 0xbb),
            0xd6 => Self::Wide(0x89, 0x89),
            0xd8 => Self::Wide(0x9d, 0x9f),
            0xdb => Self::Wide(0x94, 0x94),
            0xdc => Self::Wide(0x80, 0x82),
            0xdf => Self::Wide(0xb9, 0xb9),
            0xe0 => Self::Wide(0xa5, 0xa5),
            0xe1 | 0xe2 => Self::Wide(0x80, 0xbf),
            0xe3 => Self::Wide(0x80, 0x80),
            0xea => Self::Wide(0x93, 0xaf),
            0xef => Self::Wide(0xb8, 0xbd),
            0xf0 => Self::Wide(0x9f, 0x9f),
            _ => Self::None,
        }
    }
}

/// By first byte.
pub(super) const LEADS: [Lead; 256] = {
    let mut table = [Lead::None; 256];
    let mut rest: &mut [Lead] = &mut table;
    let mut byte = 0;
    while let Some((first, others)) = rest.split_first_mut() {
        *first = Lead::of(byte);
        byte = byte.wrapping_add(1);
        rest = others;
    }
    table
};
